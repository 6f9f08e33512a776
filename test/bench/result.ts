/** What a benchmark tells: one figure against its limit, the goal, and the rivals that did the same work. */
import type { Summary } from "./stats.ts";

export interface Goal {
  /** The ratio (or, with `unit`, the plain figure) must be at most or at least this. */
  readonly kind: "at_most" | "at_least";
  readonly value: number;
  /** Empty: a ratio. */
  readonly unit: string;
}

export interface RivalFigure {
  readonly name: string;
  readonly summary: Summary;
  /** What differs from our side: size, durability, encryption. */
  readonly terms: string;
}

export interface Figure {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  /** True: more is better (a rate). */
  readonly isRate: boolean;
  readonly ours: Summary;
  readonly limitName: string;
  readonly limit: Summary | null;
  /** What is held against the goal: a ratio, or a plain figure in the goal's unit. */
  readonly value: number;
  /** The middle half of the pairs' own values, where both sides ran in pairs. */
  readonly spread: { readonly low: number; readonly high: number } | null;
  readonly goal: Goal;
  readonly notes: readonly string[];
  readonly rivals: readonly RivalFigure[];
}

export const isMet = ({ value, goal }: Pick<Figure, "value" | "goal">): boolean =>
  goal.kind === "at_most" ? value <= goal.value : value >= goal.value;

/** Ahead means at least as fast as the rival. */
export function isAhead(figure: Figure, rival: RivalFigure): boolean {
  return figure.isRate ? figure.ours.median >= rival.summary.median : figure.ours.median <= rival.summary.median;
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly kernel: string;
  readonly node: string;
  readonly electron: string;
  readonly sqlite: string;
  readonly loadAtStart: number;
  readonly loadAtEnd: number;
}

export interface Run {
  readonly mode: "full" | "quick" | "tiny";
  readonly startedAt: string;
  readonly seconds: number;
  readonly commit: string;
  readonly machine: Machine;
  readonly data: { readonly conversations: number; readonly messages: number };
  readonly figures: readonly Figure[];
  readonly failed: readonly { readonly name: string; readonly reason: string }[];
}
