/** Where numbers are at home, and, for a table, which columns hold names and numbers. */
import { getCountries, getCountryCallingCode } from "libphonenumber-js/min";
import { useMemo } from "react";
import { Checkbox } from "react-aria-components";
import type { ImportChoices, ImportPreview } from "../../shared/contacts.ts";
import { currentLanguage, t } from "../i18n.ts";

interface Props {
  readonly preview: ImportPreview;
  readonly choices: ImportChoices;
  readonly onLook: (choices: ImportChoices) => Promise<void>;
}

export function ImportTable({ preview, choices, onLook }: Props) {
  const { country, table } = preview;
  const { locale } = currentLanguage();
  const countries = useMemo(() => {
    const names = new Intl.DisplayNames([locale], { type: "region" });
    return getCountries()
      .map((code) => ({ code, label: `${names.of(code) ?? code} (+${getCountryCallingCode(code)})` }))
      .toSorted((a, b) => a.label.localeCompare(b.label, locale));
  }, [locale]);

  return (
    <>
      <label className="field">
        <span className="field-label">{t("contacts.import.country")}</span>
        <select
          className="input select"
          value={country}
          onChange={(event) => void onLook({ ...choices, country: event.target.value })}
        >
          {countries.map(({ code, label }) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {table !== null && (
        <div className="import-columns">
          <Columns
            legend={t("contacts.import.nameColumns")}
            table={table}
            chosen={table.columns.names}
            onChange={(names) => void onLook({ ...choices, columns: { ...table.columns, names } })}
          />
          <Columns
            legend={t("contacts.import.numberColumns")}
            table={table}
            chosen={table.columns.numbers}
            onChange={(numbers) => void onLook({ ...choices, columns: { ...table.columns, numbers } })}
          />
        </div>
      )}
    </>
  );
}

function Columns({
  legend,
  table,
  chosen,
  onChange,
}: {
  legend: string;
  table: NonNullable<ImportPreview["table"]>;
  chosen: readonly number[];
  onChange: (chosen: number[]) => void;
}) {
  return (
    <fieldset className="import-fieldset">
      <legend className="field-label">{legend}</legend>
      <div className="import-boxes">
        {table.headers.map(({ label, example }, at) => (
          <Checkbox
            key={at}
            className="checkbox"
            isSelected={chosen.includes(at)}
            onChange={(isOn) => onChange(isOn ? [...chosen, at] : chosen.filter((other) => other !== at))}
          >
            <span className="checkbox-box" aria-hidden />
            <span className="import-column">
              <bdi>{label === "" ? t("contacts.import.column", { number: at + 1 }) : label}</bdi>
              {example !== "" && <small dir="auto">{t("contacts.import.example", { text: example })}</small>}
            </span>
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}
