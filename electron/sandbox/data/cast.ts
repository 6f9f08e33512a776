/**
 * Who writes to Harbour Street Cycles: one row per conversation.
 *
 * `last` is about how long before the anchor the newest message came; `scripts` are the dialogues still readable,
 * oldest first; `total` counts the messages of the whole thread, so whatever the dialogues do not fill is
 * older than the retention window. Numbers are from the ranges reserved for fiction (+1 … 555 01xx and
 * +44 7700 900xxx). Data only.
 */

export type Consent = "in" | "out" | "none";
export type Language = "en" | "es" | "ar" | "he";

export interface CastRow {
  readonly contact: string;
  readonly line: "workshop" | "sales";
  readonly consent: Consent;
  readonly language: Language;
  readonly last: string;
  readonly total: number;
  readonly scripts: readonly string[];
}

export const OWN_NUMBERS = [
  { key: "workshop", number: "+12065550142", label: "Workshop" },
  { key: "sales", number: "+12065550143", label: "Sales & test rides" },
] as const;

/** The contact whose number cannot receive texts. */
export const LANDLINE = "+12065550178";

const COLUMNS = /^(\S+) +(workshop|sales) +(in|out|none) +(en|es|ar|he) +(\d+[mhd]) +(\d+) *(.*)$/;

// contact        line     consent language last total  dialogues
const TABLE = `
+12065550101  workshop in   en 3m   31 winter-service lost-keys
+12065550102  workshop in   ar 9m   19 ar-thanks ar-service
+12065550103  workshop in   en 26m  180 fleet-winter fleet-rider-training fleet-invoice fleet-monday fleet-batch fleet-new-bikes fleet-builds fleet-night fleet-today
+14255550104  sales    in   en 52m  14 kids-bike
+12065550105  workshop in   en 1h   26 frame-crack
+13605550106  workshop in   en 2h   48 commuter-1 commuter-2
+12065550107  workshop in   he 3h   11 he-order
+12065550108  workshop in   en 3h   62 tandem-1 tandem-2
+12065550109  workshop none en 4h   3  typed-redacted
+12535550110  workshop in   en 5h   17 appointment-cancel
+12065550111  workshop in   es 6h   22 es-gracias es-robo
+447700900112 sales    in   en 7h   7  gift-voucher
+12065550113  sales    in   en 8h   21 dad-bike-1 dad-bike-2
+12065550113  workshop in   en 16d  9  mudguards
+14255550114  workshop in   en 9h   33 brake-squeal near-miss-early
+12065550115  workshop none en 14h  1  single-late
+12065550116  workshop in   en 20h  24 motor-noise motor-noise-done
+12065550117  workshop in   en 22h  38 gears-skipping ready-today
+13605550118  sales    in   en 1d   9  test-ride
+12065550119  workshop none en 1d   7  job-application
+12065550120  workshop in   en 1d   29 family-1 family-2
+12065550121  workshop in   he 2d   16 he-brakes
+12535550122  workshop in   en 2d   12 storage
+12065550123  sales    in   en 2d   8  cargo-choice
+12065550124  workshop in   en 2d   41 thursday-ride racer-1 racer-2
+12065550125  workshop out  en 3d   18 opt-out-stop
+12065550126  workshop in   en 3d   13 service-complaint
+14255550127  workshop in   en 3d   20 student-1 student-2
+12065550128  sales    in   es 4d   14 es-presupuesto
+12065550129  workshop in   en 4d   27 market-stall long-letter
+12065550130  workshop in   en 4d   9  lost-cat
+12065550131  workshop in   en 5d   35 error-503 pickup-someone-else
+13605550132  sales    in   en 5d   16 lead-time
+12065550133  workshop in   ar 5d   12 ar-kids
+12065550134  workshop in   en 6d   44 hotel-fleet
+12065550135  workshop none en 6d   3  wrong-number
+447700900136 workshop in   en 7d   10 crash-quote
+12065550137  workshop in   en 7d   25 hydraulic-bleed appointment-move
+12065550138  sales    in   en 8d   7  sizing
+12535550139  workshop in   en 8d   19 key-code
+12065550140  workshop in   es 9d   8  es-pinchazo
+12065550141  workshop in   en 9d   15 review-request creak-hunt
+12065550144  workshop none en 10d  1  single-hello
+12065550145  workshop in   en 11d  22 school-fleet
+12065550146  workshop in   en 11d  11 recall
+14255550147  sales    in   en 12d  6  range-advice
+12065550148  workshop in   he 12d  8  he-family
+12065550149  workshop in   en 13d  30 wheel-true collection-van
+12065550150  workshop out  en 14d  20 opt-out-unsubscribe
+12065550151  workshop in   en 15d  13 stolen-battery
+12065550152  sales    in   en 17d  9  accessories-list deposit
+13605550153  workshop in   en 18d  17 kids-stabilisers
+12065550154  workshop none en 19d  3  wrong-number-2
+12065550155  workshop in   en 21d  14 consent-ask
+12065550156  workshop in   en 22d  16 bent-derailleur
+447700900157 sales    in   en 24d  6  second-hand
+12065550158  workshop in   en 26d  26 sponsor thank-you-photo
+12065550159  workshop in   es 28d  12 es-paseo
+12535550160  workshop in   en 30d  21 battery-winter
+12065550161  workshop in   en 32d  9  wrong-helmet
+12065550162  workshop in   en 34d  15 triathlon-club
+12065550163  sales    in   en 36d  4  price-match
+12065550164  workshop in   en 38d  23 quote-restore
+14255550165  workshop none en 40d  1  single-photo
+12065550166  workshop in   en 43d  18 commute-check
+12065550167  workshop in   en 45d  10 charger-dead
+12065550168  workshop in   es 48d  4  mixed-translate
+12065550169  workshop in   en 50d  19 insurance-value receipt
+12065550170  sales    in   en 53d  12 test-ride-rain catalogue-question
+13605550171  workshop in   en 55d  14 failed-once near-miss-end
+12065550172  workshop in   en 58d  9  tyre-warranty
+12065550173  workshop in   en 61d  17 warranty-declined
+12065550174  workshop in   en 64d  11 pedal-stuck forgot-light
+12065550175  workshop in   en 66d  8  road-closure single-emoji
+12065550176  workshop in   en 69d  24 flat-today
+12535550177  sales    in   en 72d  10 quote-conversion opening-day
+12065550178  workshop in   en 74d  2  landline-reception
+12065550179  workshop in   en 76d  15 tubeless saturday-hours
+12065550180  workshop none en 79d  1  single-question
+12065550181  workshop in   en 81d  13 cable-snap
+447700900182 workshop in   en 84d  7  firmware
+12065550183  workshop in   en 86d  16 post-delivery key-in-lock
+12065550184  workshop in   en 87d  12 thursday-ride-cancelled thank-you-short
+12065550185  workshop in   en 88d  9  small-claims running-late
+12065550186  workshop in   en 87d  1  single-reminder
+12065550187  workshop in   en 94d  24
+13605550188  sales    in   en 101d 8
+12065550189  workshop in   en 109d 37
+12065550190  workshop none en 118d 2
+12065550191  workshop in   es 127d 13
+12535550192  workshop in   en 139d 19
+12065550193  sales    in   en 152d 6
+12065550194  workshop out  en 163d 28
+447700900195 workshop in   en 178d 11
+12065550196  workshop in   en 195d 22
+12065550197  workshop none en 214d 1
+14255550198  workshop in   en 236d 16
+12065550199  sales    in   en 259d 9
+13605550101  workshop in   en 284d 14
+12535550102  workshop in   en 311d 18
+14255550103  workshop out  en 338d 5
+12535550105  workshop in   en 366d 12
+14255550106  sales    none en 391d 3
+13605550107  workshop in   en 414d 7
`;

/** Throws on a row it cannot read. */
export const cast: readonly CastRow[] = TABLE.trim()
  .split("\n")
  .map((row) => {
    const cells = COLUMNS.exec(row);
    if (!cells) throw new Error(`sample cast: cannot read "${row}"`);
    return {
      contact: cells[1]!,
      line: cells[2] as CastRow["line"],
      consent: cells[3] as Consent,
      language: cells[4] as Language,
      last: cells[5]!,
      total: Number(cells[6]),
      scripts: cells[7]!.split(" ").filter((name) => name !== ""),
    };
  });
