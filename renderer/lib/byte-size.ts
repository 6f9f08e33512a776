/** A file size as people say it. Pure. */
import { t } from "../i18n.ts";

const UNITS = ["kb", "mb", "gb", "tb"] as const;

/** @param count formats a number for the locale, at most three fraction digits */
export function byteSize(bytes: number, count: (value: number) => string): string {
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1023.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const rounded = value < 10 && unit > 0 ? Math.round(value * 10) / 10 : Math.round(value);
  return t(`storage.bytes.${UNITS[unit] ?? "tb"}`, { value: count(rounded) });
}
