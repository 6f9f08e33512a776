/**
 * Texts that try to become more than text: markup, scripts, addresses, direction tricks, broken characters.
 *
 * Seeded: the same seed gives the same texts. Every script sets `hostileRan`, every address leads to `sink`.
 */
import { seeded } from "./seeded.ts";

const FORMS: readonly ((sink: string) => string)[] = [
  () => "<script>window.hostileRan=1</script>",
  (sink) => `<script src="${sink}script.js"></script>`,
  (sink) => `<img src=x onerror="window.hostileRan=1"><img src="${sink}pixel.png">`,
  () => "<svg onload=window.hostileRan=1><animate onbegin=window.hostileRan=1 attributeName=x dur=1s>",
  (sink) => `<iframe src="${sink}frame" srcdoc="<script>parent.hostileRan=1</script>"></iframe>`,
  (sink) => `<meta http-equiv="refresh" content="0;url=${sink}meta"><base href="${sink}">`,
  (sink) =>
    `<form action="${sink}form"><input name=x><button autofocus onfocus=window.hostileRan=1>Win</button></form>`,
  (sink) => `<style>@import url(${sink}style.css);body{background:url(${sink}bg)}</style>`,
  (sink) => `<link rel=stylesheet href="${sink}a.css"><link rel=prefetch href="${sink}b">`,
  () => "javascript:window.hostileRan=1",
  () => "JaVaScRiPt:window.hostileRan=1//https://bank.example",
  () => "java\tscript:window.hostileRan=1",
  () => "data:text/html,<script>window.hostileRan=1</script>",
  () => "vbscript:msgbox(1) file:///etc/passwd smb://evil/share ms-msdt:/id app://threadkeep/ blob:app://threadkeep/1",
  (sink) => `${sink}tracker?id=1 [click](javascript:window.hostileRan=1) ![x](${sink}md.png)`,
  () => "https://bank.example@evil.test/login https://bank.example%2f@evil.test http://a:b@evil.test",
  () => "https://аррӏе.com/ https://paypaІ.com https://xn--80ak6aa92e.com/",
  () => "https://evil.test/\u202Efdp.exe \u2066https://good.test\u2069\u202E moc.live",
  () => "mailto:a@b.test?subject=x&body=y&attach=/etc/passwd mailto:a@b.test,c@d.test",
  () => "tel:+15551234567 sms:+15551234567?body=x intent://x#Intent;scheme=http;end",
  () => `Z${"\u0300\u0301\u0302\u0334".repeat(60)}algo`,
  () => "lone \uD800 surrogate \uDFFF and nul \u0000 and bell \u0007",
  () => "👩‍👩‍👧‍👦🏳️‍🌈👍🏿🇦🇪",
  () => "{{constructor.constructor('window.hostileRan=1')()}} ${window.hostileRan=1} <%= x %> {{{x}}}",
  () => "__proto__ constructor prototype toString",
  () => "<![CDATA[<script>window.hostileRan=1</script>]]><!--<img src=x onerror=window.hostileRan=1>-->",
  () => "&lt;script&gt;window.hostileRan=1&lt;/script&gt; &#60;img src=x&#62;",
  () => "<math><mtext></form><form><mglyph><style></math><img src onerror=window.hostileRan=1>",
  () => "<a href='javascript:window.hostileRan=1' target=_blank>x</a><a href=//evil.test ping=//evil.test>y</a>",
  () => "مرحبا <b>שלום</b> \u202Bhttps://evil.test\u202C",
  (sink) =>
    `<object data="${sink}o"></object><embed src="${sink}e"><video src="${sink}v" autoplay><audio src="${sink}a">`,
  () => "<x-webview src=https://evil.test></x-webview><webview src=https://evil.test preload=/x></webview>",
];

export function hostileTexts(count: number, sink: string, seed = 20_261_121): string[] {
  const random = seeded(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  return Array.from({ length: count }, (_, index) => {
    const parts = Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(FORMS)(sink));
    let text = parts.join(pick(["", " ", "\n", "\u200B", '"', "'>", "-->", "]]>", "\u202E"]));
    // Cut somewhere and put together again: half-open tags and addresses.
    const at = Math.floor(random() * text.length);
    if (random() < 0.4) text = text.slice(at) + text.slice(0, at);
    if (index % 2_500 === 7) text = text.repeat(Math.ceil(200_000 / text.length));
    return `${text} #${index}`;
  });
}
