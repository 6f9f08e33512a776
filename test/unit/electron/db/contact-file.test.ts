/** Files of contacts: what people export, and what somebody may hand in to break the app. */
import { describe, expect, it } from "vitest";
import { cleanName } from "../../../../electron/db/contact-entry.ts";
import { decodeText, readContactFile } from "../../../../electron/db/contact-file.ts";
import { MAX_IMPORT_BYTES, MAX_IMPORT_ENTRIES } from "../../../../shared/file-limits.ts";
import { seeded } from "../../../helpers/seeded.ts";

const read = (content: string | Uint8Array) =>
  readContactFile(typeof content === "string" ? new TextEncoder().encode(content) : content, null);
const people = (content: string | Uint8Array) => {
  const answer = read(content);
  return "problem" in answer ? answer.problem : answer.file.entries.map(({ name, numbers }) => [name, ...numbers]);
};
const card = (...lines: string[]) => ["BEGIN:VCARD", "VERSION:3.0", ...lines, "END:VCARD"].join("\r\n");

describe("vCards", () => {
  it("reads versions 2.1, 3.0 and 4.0, groups, folded lines and escapes", () => {
    const file = [
      card("FN:Anna Özil", "TEL;TYPE=CELL,VOICE:+1 555 010 1234", "TEL;TYPE=HOME:(555) 010-9999"),
      "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Bert\\, the b\r\n aker\r\nTEL;VALUE=uri;PREF=1:tel:+1-555-010-2222;ext=3\r\nEND:VCARD",
      "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;\nTEL;CELL;PREF:015550103333\nEND:VCARD",
      "BEGIN:VCARD\rVERSION:2.1\rFN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Ren=\r=E9\rTEL;WORK:5550104444\rEND:VCARD",
      card("N:Lopez;Cora;Maria;Dr.;", "item1.TEL;type=pref:555-010-5555", "item1.X-ABLabel:_$!<Mobile>!$_"),
      card("ORG:Bakery;Front", "TEL:5550106666"),
    ].join("\r\n");
    expect(people(file)).toEqual([
      ["Anna Özil", "+1 555 010 1234", "(555) 010-9999"],
      ["Bert, the baker", "+1-555-010-2222"],
      ["Jörg Müller", "015550103333"],
      ["René", "5550104444"],
      ["Cora Maria Lopez", "555-010-5555"],
      ["Bakery Front", "5550106666"],
    ]);
  });

  it("drops pictures unread, cards without a number, and costs a broken card itself only", () => {
    const picture = card("FN:With picture", `PHOTO;ENCODING=b;TYPE=JPEG:${"QUJD".repeat(50_000)}`, "TEL:5550101111");
    const answer = read(
      [picture, card("FN:No number"), "BEGIN:VCARD", "FN:Never ends", card("FN:Last", "TEL:5550102222")].join("\r\n"),
    );
    expect(answer).toMatchObject({
      file: { entries: [{ name: "With picture" }, { name: "Last" }], broken: 1 },
    });
  });
});

describe("tables", () => {
  it.each([
    [
      "Google",
      "First Name,Middle Name,Last Name,Phonetic First Name,Phone 1 - Label,Phone 1 - Value\nAnna,,Özil,x,Mobile,+1 555 010 1234 ::: 555 010 9999\n",
    ],
    [
      "Outlook",
      "Title,Last Name,First Name,E-mail,Home Fax,Mobile Phone\r\nDr,Özil,Anna,a@b.test,5550100000,+1 555 010 1234\r\n",
    ],
    ["semicolons", "Nombre;Teléfono\nAnna Özil;+1 555 010 1234\n"],
    ["tabs", "Name\tTel\nAnna Özil\t+1 555 010 1234\n"],
    ["no header", "Anna Özil,+1 555 010 1234\nBert,5550102222\n"],
    ["quoted", '"Name","Phone"\n"Anna ""A"" Özil","+1 555 010 1234"\n'],
  ])("finds name and number in a table of %s", (_, text) => {
    const [first] = people(text) as string[][];
    expect(first?.[0]).toMatch(/^Anna ("A" )?Özil$/);
    expect(first?.[1]).toBe("+1 555 010 1234");
  });

  it("takes the columns that are chosen, and ignores those that are not there", () => {
    const bytes = new TextEncoder().encode("A,B,C\nAnna,Friend,5550101234\n");
    expect(readContactFile(bytes, { names: [1, 9], numbers: [2, 59] })).toMatchObject({
      file: {
        entries: [{ name: "Friend", numbers: ["5550101234"] }],
        table: { columns: { names: [1], numbers: [2] } },
      },
    });
  });

  it("takes formulas as the text they are", () => {
    const text = `Name,Phone\n"=HYPERLINK(""http://evil.test"",""click"")",5550101234\n@SUM(A1),5550102222\n+cmd|' /C calc'!A0,5550103333\n`;
    expect(people(text)).toEqual([
      ['=HYPERLINK("http://evil.test","click")', "5550101234"],
      ["@SUM(A1)", "5550102222"],
      ["+cmd|' /C calc'!A0", "5550103333"],
    ]);
  });
});

describe("encodings", () => {
  const text = card("FN:Jörg Müller €", "TEL:5550101234");
  const be = Buffer.from(text, "utf16le").swap16();
  it.each<[string, Uint8Array]>([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${text}`)],
    ["UTF-16 LE with a mark", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16 LE", Buffer.from(text, "utf16le")],
    ["UTF-16 BE with a mark", Buffer.concat([Buffer.from([0xfe, 0xff]), be])],
    ["UTF-16 BE", be],
    ["Windows Latin", Buffer.from(text.replace("€", "\u0080"), "latin1")],
  ])("reads %s", (_, bytes) => {
    expect(people(bytes)).toEqual([["Jörg Müller €", "5550101234"]]);
  });
});

describe("hostile files", () => {
  const random = seeded(5);
  const noise = Uint8Array.from({ length: 50_000 }, () => Math.floor(random() * 256));
  const zip = Buffer.concat([Buffer.from("PK\u0003\u0004\u0014\u0000\u0000\u0000\u0008\u0000", "latin1"), noise]);

  it.each<[string, string | Uint8Array, string]>([
    ["nothing", "", "empty"],
    ["blanks", " \n\r\n\t ", "empty"],
    ["a huge file", new Uint8Array(MAX_IMPORT_BYTES + 1), "too_big"],
    ["noise", noise, "not_contacts"],
    ["a zip", zip, "not_contacts"],
    ["a program", Buffer.concat([Buffer.from("MZ\u0090\u0000\u0003", "latin1"), noise]), "not_contacts"],
    ["zeros", new Uint8Array(10_000), "not_contacts"],
    ["a web page", "<!doctype html><html><body><p>Hello</p></body></html>", "not_contacts"],
    ["prose", "Dear all,\nplease find attached\nnothing at all.\n", "not_contacts"],
    ["a table without numbers", "Name,City\nAnna,Bonn\n", "not_contacts"],
    ["cards without numbers", card("FN:Anna"), "no_names"],
    ["a card that never ends", `BEGIN:VCARD\nFN:${"A".repeat(1_000_000)}`, "no_names"],
    ["too many people", `Name,Phone\n${"Anna,5550101234\n".repeat(MAX_IMPORT_ENTRIES + 1)}`, "too_crowded"],
  ])("refuses %s with a reason", (_, content, problem) => {
    expect(read(content)).toEqual({ problem });
  });

  it.each<[string, string]>([
    ["an open quote", `Name,Phone\n"Anna,5550101234\n${"x,5550102222\n".repeat(2_000)}`],
    ["ten thousand columns", `${"a,".repeat(10_000)}b\n${"5550101234,".repeat(10_000)}x\n`],
    ["one endless line", "Anna,5550101234,".repeat(60_000)],
    ["cards in cards", "BEGIN:VCARD\n".repeat(20_000) + "TEL:5550101234\nEND:VCARD\n".repeat(20_000)],
    ["folds without end", `BEGIN:VCARD\nFN:A\n${" b\n".repeat(200_000)}TEL:5550101234\nEND:VCARD`],
    [
      "quoted-printable without end",
      `BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:A${"=\n=41".repeat(50_000)}\nTEL:5550101234\nEND:VCARD`,
    ],
    ["parameters without end", `BEGIN:VCARD\nTEL${";TYPE=a".repeat(50_000)}:5550101234\nEND:VCARD`],
    ["prototype names", card("FN:__proto__", "TEL:5550101234", "constructor:x", "__proto__.TEL:5550102222")],
  ])("comes through %s in good time and without harm", (_, content) => {
    const answer = read(content);
    const names = "file" in answer ? answer.file.entries.map(({ name }) => name) : [];
    for (const name of names) expect(name.length).toBeLessThanOrEqual(80);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("never throws, whatever the bytes are", () => {
    const starts = ["", "BEGIN:VCARD\r\n", "Name,Phone\n", "\u00ff\u00fe", "\u00fe\u00ff"];
    for (let run = 0; run < 500; run += 1) {
      const bytes = Uint8Array.from(
        { length: Math.floor(random() * 400) },
        () => Math.floor(random() * (run % 2 === 0 ? 256 : 96)) + (run % 2 === 0 ? 0 : 10),
      );
      const start = Buffer.from(starts[run % starts.length] ?? "", "latin1");
      expect(() => read(Buffer.concat([start, bytes]))).not.toThrow();
    }
  });

  it("makes names plain single lines", () => {
    expect(cleanName("  A\u202eevil\u2066\n\tB\u0000 ")).toBe("Aevil B");
    expect(cleanName("👩‍👩‍👧".repeat(200)).length).toBeLessThan(400);
    expect(decodeText(new Uint8Array([0x41, 0xff, 0x42]))).toBe("AÿB");
  });
});
