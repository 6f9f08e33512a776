/** A run as people read it: the table in the terminal and the page docs/benchmarks.md. Pure. */
import { REASONS } from "./reasons.ts";
import { isAhead, isMet } from "./result.ts";
import type { Figure, Run } from "./result.ts";
import type { Summary } from "./stats.ts";

export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1_000) return Math.round(value).toLocaleString("en");
  if (size >= 100) return value.toFixed(0);
  return size >= 10 ? value.toFixed(1) : value.toFixed(2);
}

const usesP95 = (figure: Figure) => figure.title.includes("p95");
const shown = (figure: Figure, summary: Summary) => formatNumber(usesP95(figure) ? summary.p95 : summary.median);

function valueOf({ value, goal }: Figure): string {
  return goal.unit === "" ? `${value.toFixed(2)}x` : `${formatNumber(value)} ${goal.unit}`;
}

function goalOf({ goal }: Figure): string {
  const sign = goal.kind === "at_most" ? "<=" : ">=";
  return goal.unit === "" ? `${sign} ${goal.value}x` : `${sign} ${goal.value} ${goal.unit}`;
}

const verdict = (figure: Figure) => (isMet(figure) ? "met" : "MISSED");

/** One line per figure, in columns. */
export function tableOf(figures: readonly Figure[]): string {
  const head = ["benchmark", "ours", "limit", "unit", "result", "goal", ""];
  const rows = figures.map((figure) => [
    figure.name,
    shown(figure, figure.ours),
    figure.limit === null ? "-" : shown(figure, figure.limit),
    figure.unit,
    valueOf(figure),
    goalOf(figure),
    verdict(figure),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]!.length)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

const cells = (...values: string[]) => `| ${values.join(" | ")} |`;

function summaryCell(summary: Summary): string {
  return `${formatNumber(summary.median)} / ${formatNumber(summary.p95)}`;
}

/** The whole page, to be run through the formatter by whoever writes it. */
export function pageOf(run: Run): string {
  const { machine, data } = run;
  const goals = run.figures.filter(({ rivals }) => rivals.length === 0);
  const rivalled = run.figures.filter(({ rivals }) => rivals.length > 0);
  const met = goals.filter(isMet).length;
  return [
    "# Benchmarks",
    "",
    "Made by `npm run bench` and written by it; do not edit. Every figure is held against a limit or a rival that was",
    "measured in the same run on the same machine, in turns with ours, so that the machine's moods hit both.",
    "How each is measured stands in `test/bench/benches/`, why so in [decision 14](decisions/0014-benchmarks.md).",
    "",
    `**This run:** ${run.mode === "full" ? "full" : `\`--${run.mode}\`, a first look and no reference`}, ` +
      `${run.startedAt.slice(0, 16).replace("T", " ")} UTC, commit ${run.commit}, ${Math.round(run.seconds)} s, ` +
      `${data.conversations.toLocaleString("en")} conversations with ${data.messages.toLocaleString("en")} messages.`,
    "",
    `**Machine:** ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.kernel}, ` +
      `Electron ${machine.electron} (Node ${machine.node}), SQLite ${machine.sqlite}. ` +
      `Load when it began ${machine.loadAtStart}, when it ended ${machine.loadAtEnd}` +
      (Math.max(machine.loadAtStart, machine.loadAtEnd) > machine.cores
        ? ": other work ran at the same time, so single figures are too high and only the ratios say something."
        : "."),
    "",
    `## Against the limit: ${met} of ${goals.length} goals met`,
    "",
    "![Each result as a share of its goal](benchmarks.svg)",
    "",
    cells("what", "ours, median / p95", "limit, median / p95", "unit", "result", "goal", "met"),
    cells("---", "--:", "--:", "---", "--:", "--:", "---"),
    ...goals.map((figure) =>
      cells(
        figure.title,
        summaryCell(figure.ours),
        figure.limit === null ? "" : summaryCell(figure.limit),
        figure.unit,
        figure.spread === null
          ? valueOf(figure)
          : `${valueOf(figure)} (${figure.spread.low.toFixed(2)} to ${figure.spread.high.toFixed(2)})`,
        goalOf(figure),
        isMet(figure) ? "yes" : "**no**",
      ),
    ),
    "",
    "In brackets: the middle half of the pairs' own ratios.",
    "",
    ...goals.flatMap((figure) => notesOf(figure)),
    "",
    ...(rivalled.length === 0 ? [] : rivalSection(rivalled)),
    ...run.failed.flatMap(({ name, reason }) => [`**${name} could not be measured:** ${reason}`, ""]),
  ].join("\n");
}

/** Only while the goal is missed. */
const reasonOf = (figure: Figure): string[] => {
  const reason = isMet(figure) ? undefined : REASONS[figure.name];
  return reason === undefined ? [] : [`Why not met: ${reason}`];
};

function notesOf(figure: Figure): string[] {
  const { title, limitName, notes } = figure;
  const all = [...(limitName === "" ? [] : [`Limit: ${limitName}.`]), ...notes, ...reasonOf(figure)];
  return all.length === 0 ? [] : [`- **${title}.** ${all.join(" ")}`];
}

function rivalSection(figures: readonly Figure[]): string[] {
  return [
    "## Against other stores",
    "",
    ...figures.flatMap((figure) => [
      `### ${figure.title}`,
      "",
      cells("store", `median, ${figure.unit}`, `p95, ${figure.unit}`, "ours is", "terms"),
      cells("---", "--:", "--:", "---", "---"),
      cells(
        "**Threadkeep**",
        formatNumber(figure.ours.median),
        formatNumber(figure.ours.p95),
        "",
        "encrypted, each transaction synced to the disk",
      ),
      ...figure.rivals.map((rival) => {
        const times = figure.isRate
          ? figure.ours.median / rival.summary.median
          : rival.summary.median / figure.ours.median;
        const words = isAhead(figure, rival)
          ? `${formatNumber(times)}x as fast`
          : `**behind**: ${formatNumber(1 / times)}x slower`;
        return cells(
          rival.name,
          formatNumber(rival.summary.median),
          formatNumber(rival.summary.p95),
          words,
          rival.terms,
        );
      }),
      "",
      [...figure.notes, ...reasonOf(figure)].join(" "),
      "",
    ]),
  ];
}
