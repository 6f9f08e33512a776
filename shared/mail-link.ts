/**
 * The one form of mail link that is opened: an empty letter to one address. Pure, zod-free.
 *
 * Headers, bodies and attachments that a stranger chose are dropped, by the window that shows the link and again by main,
 * which opens it.
 */
const ONE_ADDRESS = /^[^@\s%,?&/\\:]+@[^@\s%,?&/\\:]+$/;

/** @param pathname  of the parsed link. Null: it is not exactly one address */
export const mailLink = (pathname: string): string | null => (ONE_ADDRESS.test(pathname) ? `mailto:${pathname}` : null);
