/** The chart: each result as a share of its goal, so that one line divides met from missed. SVG text, no library. */
import { isMet } from "./result.ts";
import type { Figure } from "./result.ts";
import { formatNumber } from "./report.ts";

const ROW = 30;
const LEFT = 360;
const WIDTH = 900;
const TOP = 56;
/** The goal stands here; what is twice as bad as its goal or more ends at the edge. */
const GOAL_AT = LEFT + (WIDTH - LEFT - 90) / 2;

const escapeXml = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** 0 is best, 1 is just met, above 1 is missed. */
export function shareOfGoal({ value, goal }: Pick<Figure, "value" | "goal">): number {
  if (goal.kind === "at_least") return value <= 0 ? 2 : goal.value / value;
  if (goal.value === 0) return value <= 0 ? 0 : 2;
  return Math.max(0, value) / goal.value;
}

export function chartOf(figures: readonly Figure[]): string {
  const height = TOP + figures.length * ROW + 30;
  const bars = figures.map((figure, index) => {
    const share = Math.min(2, shareOfGoal(figure));
    const width = Math.max(2, share * (GOAL_AT - LEFT));
    const y = TOP + index * ROW;
    const words =
      figure.goal.unit === "" ? `${figure.value.toFixed(2)}x` : `${formatNumber(figure.value)} ${figure.goal.unit}`;
    return [
      `<text x="${LEFT - 12}" y="${y + 15}" text-anchor="end" class="name">${escapeXml(shorten(figure.title))}</text>`,
      `<rect x="${LEFT}" y="${y + 3}" width="${width.toFixed(1)}" height="16" rx="3" class="${isMet(figure) ? "met" : "missed"}"/>`,
      `<text x="${(LEFT + width + 8).toFixed(1)}" y="${y + 15}" class="value">${escapeXml(words)}</text>`,
    ].join("\n");
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="Each benchmark's result as a share of its goal">
<style>
text { font: 13px system-ui, sans-serif; fill: #24292f; }
.value, .goal { fill: #57606a; font-size: 12px; }
.met { fill: #2f81b7; }
.missed { fill: #c2571a; }
.ground { fill: #ffffff; }
line { stroke: #57606a; stroke-dasharray: 4 3; }
</style>
<rect class="ground" width="${WIDTH}" height="${height}"/>
<text x="${LEFT}" y="22" class="goal">shorter is better; past the dashed line the goal is missed</text>
${bars.join("\n")}
<line x1="${GOAL_AT}" x2="${GOAL_AT}" y1="${TOP - 12}" y2="${height - 24}"/>
<text x="${GOAL_AT}" y="${TOP - 18}" text-anchor="middle" class="goal">goal</text>
</svg>
`;
}

const MAX_NAME = 52;
const shorten = (title: string) => (title.length <= MAX_NAME ? title : `${title.slice(0, MAX_NAME - 1)}…`);
