/**
 * Does an inbound text ask for no more messages? A hint for a person, in English, Spanish and Arabic. Pure.
 *
 * Must never be acted on by itself: "cancel my appointment please" and "stop by at five" are what it is measured
 * against (test/fixtures/opt-out). Rules over words, no model: the same text gives the same answer everywhere, offline.
 * zod-free. Invariants: linear in the length of the text; only the beginning of a long text is looked at.
 */

/** `keyword`: exactly a word that carriers and providers act on themselves. `near`: what they do not understand. */
export type OptOutWish = "keyword" | "near";

const MAX_CHARS = 600;

const KEYWORDS: ReadonlySet<string> = new Set([
  "stop",
  "stopall",
  "stop all",
  "unsubscribe",
  "cancel",
  "end",
  "quit",
  "revoke",
  "optout",
  "opt out",
]);

const any = (words: string) => `(?:${words.trim().replaceAll(/\s+/gu, "|")})`;
const MSG = any("texts? txts? messages? msgs? sms spam spams promos? ads? alerts? notifications? communications?");
const KIND = any("these those the your ur any more such further promotional marketing text all of this appointment");
const TEXTING = any("texting txting messaging msging contacting spamming bothering harassing emailing");
const POLITE = any("please pls plz plse just now it this already thanks thx thank you u ok okay all immediately asap");
const STOP = any("stop stopp stoppp stopppp sotp stpo stp quit cease");
const ME = any("me us this my");
/** What follows a "do not write to me" that is about when or what, not about ever. */
const NOT_EVER = any("before at on until till after during between in while when the it yet anyone if that unless to");
const WRITE = any("text txt message msg contact bother email");

const EN: readonly RegExp[] = [
  new RegExp(`\\b(?:${STOP}|desist) (?:with )?(?:all )?(?:the )?${TEXTING}\\b`),
  new RegExp(`\\b${STOP} (?:with |getting |sending |receiving )*(?:me |us )?(?:${KIND} )*${MSG}\\b`),
  /\b(?:stop|quit) sending (?:me|us) (?:these|this|those|stuff|anything|things)\b/,
  /\b(?:stop|end) (?:getting|receiving) (?:these|this|those)\b/,
  new RegExp(`^(?:${POLITE} )*${STOP}(?: (?:${POLITE}|${STOP}))*$`),
  /^s t o p\b/,
  new RegExp(`\\b(?:please|pls|plz) (?:just )?stop(?: (?:it|this|now))?$`),
  /\bsigned? up for (?:this|these|those)(?: \w+)? (?:so )?(?:please )?stop\b/,
  new RegExp(`\\b(?:these|those|this|it)(?: ${MSG})? to stop$|^make (?:it|this|these) stop$`),
  new RegExp(`\\bno more (?:of )?(?:${KIND} )*${MSG}(?! (?:from|since|have|has|yet))\\b`),
  /^(?:please |pls )?no more(?: please| pls| plz)?$|\bplease no more$/,
  new RegExp(`\\bremove (?:me|us)(?: (?:from|off|please|pls|now|asap)\\b|$)|\\b(?:please|pls) remove$`),
  /\b(?:remove|delete|take|get) (?:my|this) (?:phone )?(?:number|contact)\b(?! (?:to|changed))/,
  /\b(?:take|get) (?:me|us) off(?:$| (?:please|pls|now|of (?:your|this|the)|(?:your|this|the|that|all|any|of)\b.*\blist|texts?))/,
  /\b(?:get|be) off (?:of )?(?:this|your|the) (?:\w+ )?list\b|\bblock me from\b/,
  /\b(?:delete|remove) (?:me|us) from\b/,
  /\blose (?:my|this) number\b/,
  new RegExp(`\\b(?:do not|dont|never|not|stop trying to) ${WRITE} ${ME}(?: (?:number|phone))?\\b(?! ${NOT_EVER}\\b)`),
  /\b(?:do not|dont|never) (?:send|text|message|contact)(?: me| us)? (?:any|more|anything|a single|again|messages|texts|another)\b/,
  /\b(?:do not|dont|never) (?:send) (?:me|us)(?: any| more| these)* (?:messages|texts|anything)\b/,
  /\b(?:please|pls|to|id like to|me|i|i want to|how do i|do i|can i) unsub(?:sc?ri?be)?\b|^unsub(?:sc?ri?be|scribed)?(?: (?:me|please|pls|from|now|us).*)?$|^unsubsribe/,
  /\bopt (?:me |us )?out\b(?! (?:fee|clause|period))|\b(?:opting out|optout)\b/,
  new RegExp(
    `\\b(?:do not|dont|no longer|not) (?:want|wish|need|like|care)(?: to)?(?: get| receive| have| see)?(?: ${KIND})* ${MSG}\\b`,
  ),
  /\b(?:do not|dont|no longer) (?:want|wish|like) to be (?:texted|contacted|messaged|bothered|spammed)\b/,
  /^(?:please |pls |just )?leave me alone(?: please)?$|\bleave me alone (?:please|now)\b/,
  /\benough (?:with|of) (?:the|these|your)? ?(?:texts|messages|spam)\b|\benough (?:texts|messages) already\b/,
  /\breport(?:ing|ed)? (?:you|this|these|the)(?: number| sender)?(?: \w+)? (?:as|for|to) spam\b|\breport you for spam\b/,
  new RegExp(
    `\\b(?:end|cancel|discontinue) (?:my |me )?(?:${KIND} )*(?:${MSG}|${TEXTING}|text (?:alerts|messages|subscription))\\b`,
  ),
  /\bstop all (?:communications?|contact|correspondence)\b/,
];

const ES: readonly RegExp[] = [
  /\b(?:no|ya no) me (?:vuelv[ao]n? a )?(?:escrib(?:an?|as|ir)|mand(?:en?|es|ar)|envi(?:en?|es|ar)|contact(?:en?|es|ar)|text(?:een?|ees)|molest(?:en|es|e))\b(?! (?:antes|despues|hasta|durante|entre|a las|cuando|la|el|los|las|al|esperar|todavia|aun|si)\b)/,
  /\bno vuelv(?:an?|as) a (?:escribir|mandar|enviar|contactar|molestar)(?:me|nos)?\b/,
  /\b(?:dej[ae]n?|dejar|dejad|par[ae]n?|parar|cesen?) (?:ya )?de (?:enviar|mandar|escribir|contactar|molestar|textear|fastidiar)(?:me|nos|les)?\b/,
  /\b(?:paren|pare|alto a|detengan|cancel(?:en|e|ar|a)|terminen) (?:con )?(?:ya )?(?:los|estos|sus|tus|de) (?:mensajes|textos|sms)\b/,
  /^(?:por favor )?(?:paren|pare|parar|basta|baja|alto)(?: (?:ya|por favor|gracias))*$/,
  /\bbasta (?:ya )?(?:de|con) (?:los |estos |sus |tantos )?(?:mensajes|textos|sms|spam)\b/,
  /\bno mas (?:mensajes|mensajitos|textos|sms|spam|publicidad|promociones)\b/,
  /\bno (?:quiero|deseo|quisiera)(?: recibir| tener)?(?: mas| sus| tus| estos| esos| los| ningun| ningunos)* (?:mensajes?|textos?|sms|publicidad|promociones)\b/,
  /\bno (?:quiero|deseo) que (?:me|nos) (?:escriban?|contacten?|manden?|envien?|molesten?)\b/,
  /\b(?:quit|sac?qu?|borr|elimin|remuev|retir)(?:e|en|a|ar|ame|eme|enme|arme|ueme|uenme)(?:me)?(?: de| mi)? (?:de )?(?:la |su |tu |esta |sus |mi )?(?:lista|numero)\b/,
  /\b(?:denme|deme|dame|darme|darnos|dar|pido la|solicito la) (?:de )?baja\b/,
  /\b(?:cancelar|cancelen|cancele|anular) (?:la |mi )?suscripcion\b/,
  /\bdeje?n?(?:me|nos) en paz\b|\bdejame en paz\b/,
];

const AR: readonly RegExp[] = [
  /(?:توقف|توقفوا|كف|كفوا|توقفي) عن (?:ارسال|مراسل|ازعاج|الارسال|المراسل)/,
  /(?:اوقف|اوقفوا|وقف|وقفوا|كفي|كفايه|بدون) (?:ال|هذه ال)?(?:رسايل|ارسال|الارسال)/,
  /لا (?:ترسل|ترسلوا|ترسلي|تبعث|تبعثوا) (?:لي |لنا |لهذا الرقم )?(?:اي |المزيد|مزيدا|رسايل|شي|الرسايل)/,
  /لا (?:تراسل|تزعج|تكلم)(?:ني|وني|ونا|نا|يني)/,
  /(?:احذف|احذفوا|ازل|ازيلوا|امسح|امسحوا|شيلوا) (?:رقمي|اسمي|هذا الرقم)/,
  /(?:الغاء|الغوا|الغ|الغي) (?:ال)?اشتراك/,
  /لا (?:اريد|ارغب في|ابغي|اود) (?:استلام |تلقي |المزيد من |اي |مزيد من |وصول )*(?:ال)?رسايل/,
  /ما (?:ابي|ابغي|بدي|عايز) (?:ال)?(?:رسايل)/,
];

/** Says the opposite, or speaks of something that happened: no wish, whatever else matches. */
const NOT_A_WISH: readonly RegExp[] = [
  /\b(?:dont|do not|never|please dont|cant|can not|wont|will not) (?:ever )?(?:stop|unsubscribe|opt me out|quit)\b/,
  /\b(?:by (?:mistake|accident)|add me back|accidentally|resubscribe|why (?:was|am|did)|did ?nt unsubscribe|did not unsubscribe)\b/,
  /\bno (?:dejen?|pare?n?|dejes|pares) de\b/,
];

/** Null: no sign of such a wish. */
export function optOutWish(text: string): OptOutWish | null {
  const plain = fold(text.slice(0, MAX_CHARS));
  if (plain === "") return null;
  if (KEYWORDS.has(plain)) return "keyword";
  if (NOT_A_WISH.some((rule) => rule.test(plain))) return null;
  return [EN, ES, AR].some((rules) => rules.some((rule) => rule.test(plain))) ? "near" : null;
}

/** Lower case, without accents, Arabic points and letter variants, apostrophes or punctuation; one space between words. */
function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}|ـ|['’‘`´]/gu, "")
    .toLowerCase()
    .replaceAll(/[أإآٱ]/gu, "ا")
    .replaceAll("ى", "ي")
    .replaceAll("ة", "ه")
    .replaceAll(/[^\p{L}\p{N}$%]+/gu, " ")
    .trim();
}
