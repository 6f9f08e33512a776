/**
 * A strict reader of multipart/form-data for conformance servers, by RFC 7578 and nothing else.
 *
 * Shares no code with whatever encodes the form. Null: the body is not what its content type says.
 */
export interface Part {
  readonly name: string;
  /** Null: a plain field. */
  readonly fileName: string | null;
  readonly contentType: string | null;
  readonly bytes: Buffer;
}

const CRLF = Buffer.from("\r\n");

export function readMultipart(contentType: string, body: Buffer): readonly Part[] | null {
  const boundary = /^multipart\/form-data; *boundary="?([^";]{1,70})"?$/i.exec(contentType)?.[1];
  if (boundary === undefined) return null;
  const first = Buffer.from(`--${boundary}`);
  const between = Buffer.from(`\r\n--${boundary}`);
  if (!body.subarray(0, first.length).equals(first)) return null;
  const parts: Part[] = [];
  for (let at = first.length; ;) {
    if (body.subarray(at, at + 2).toString("latin1") === "--") {
      // Nothing but a line's end may follow the last boundary.
      return body
        .subarray(at + 2)
        .toString("latin1")
        .trim() === ""
        ? parts
        : null;
    }
    if (!body.subarray(at, at + 2).equals(CRLF)) return null;
    const headersEnd = body.indexOf("\r\n\r\n", at);
    const end = body.indexOf(between, headersEnd + 2);
    if (headersEnd === -1 || end === -1) return null;
    const part = readPart(body.subarray(at + 2, headersEnd).toString("utf8"), body.subarray(headersEnd + 4, end));
    if (part === null) return null;
    parts.push(part);
    at = end + between.length;
  }
}

function readPart(head: string, bytes: Buffer): Part | null {
  const headers = new Map(
    head.split("\r\n").map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  const disposition = headers.get("content-disposition") ?? "";
  const name = /^form-data; *name="([^"]*)"/.exec(disposition)?.[1];
  if (name === undefined) return null;
  const fileName = /; *filename="([^"]*)"/.exec(disposition)?.[1] ?? null;
  return { name, fileName, contentType: headers.get("content-type") ?? null, bytes };
}
