/** A state of consent in words, with its date where one is known. Pure. */
import type { Consent } from "../../shared/domain.ts";
import { t } from "../i18n.ts";

/** @param since  already formatted; null where no date is known */
export function consentWords(state: Consent["state"], since: string | null): string {
  if (state === "unknown") return t("consent.unknown");
  return since === null ? t(`consent.${state}`) : t(`consent.since.${state}`, { date: since });
}
