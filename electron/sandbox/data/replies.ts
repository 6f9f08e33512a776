/** What contacts answer when the shop writes to them, by language and by what the shop's text is about. Data only. */
import type { Language } from "./cast.ts";

export interface ReplySet {
  /** The first topic whose words stand in the shop's text decides; the last topic has no words and always fits. */
  readonly topics: readonly { readonly about: RegExp | null; readonly answers: readonly string[] }[];
}

const en: ReplySet = {
  topics: [
    {
      about: /\b(ready|pick ?up|collect|finished|all done|on the hook)\b/i,
      answers: [
        "Amazing, that was fast! I'll swing by after work, around 5:30",
        "Great news 🙌 Is tomorrow morning ok too? I'm across town today",
        "Yesss. On my way in 20 minutes",
        "Perfect, thank you. My partner will come by, same last name, much taller",
        "Oh brilliant. Can I pay by card at the counter?",
      ],
    },
    {
      about: /[$£€]\s?\d|\b(price|cost|quote|total|invoice)\b/i,
      answers: [
        "That's fair, please go ahead 👍",
        "Ok, a bit more than I hoped but I trust you. Do it",
        "Sounds good. Is that with the labour or does that come on top?",
        "Thanks for the clear price. Go for it",
        "Could we leave out the bar tape? Everything else yes please",
      ],
    },
    {
      about: /\b(sorry|apolog|delay|unfortunately|late)\b/i,
      answers: [
        "No worries at all, thanks for letting me know",
        "These things happen. I'm in no hurry, honestly",
        "Ah ok. As long as I have it for the weekend I'm happy",
        "Thanks for being straight with me, I appreciate it",
      ],
    },
    {
      about: /https?:\/\//i,
      answers: ["Got the link, works fine, thank you", "Opened it, looks good. Done 👍", "Thanks! Saved it for later"],
    },
    {
      about: /\b(photo|picture|pic|send me)\b/i,
      answers: [
        "Will take one when I'm home, it's locked up outside right now",
        "Sure, give me half an hour and some daylight",
      ],
    },
    {
      about: /\b(today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|\d ?(am|pm)|\d:\d\d)\b/i,
      answers: [
        "That works for me, see you then!",
        "Could we make it half an hour later? School run 😅",
        "Perfect. I'll bring the bike and the key this time",
        "Yes please, put me down for that",
        "Works! Should I bring the charger as well?",
      ],
    },
    {
      about: /\?\s*$/,
      answers: [
        "Yes, I think so. It only does it going uphill, if that helps",
        "Good question, I'd have to check tonight. Can I text you tomorrow?",
        "Rear one. Or front? No, definitely rear",
        "Either is fine with me, whatever you'd put on your own bike",
        "Yes please!",
        "Not that I know of. It started about a week ago",
      ],
    },
    {
      about: /\b(thanks|thank you|cheers|welcome|enjoy)\b/i,
      answers: [
        "You're the best, see you soon 🚲",
        "Thank YOU. Say hi to Milo",
        "🙏❤️",
        "Always a pleasure with you lot",
      ],
    },
    {
      about: null,
      answers: [
        "Ok great, thanks for the update",
        "👍 got it",
        "Thank you! Really appreciate how quick you always are",
        "Perfect, I'll let you know",
        "Good to know. I'll think about it over the weekend",
        "Understood, thanks! And happy to wait if you're busy",
        "Ha, fair enough 😄",
      ],
    },
  ],
};

const es: ReplySet = {
  topics: [
    {
      about: /\b(lista?|listo|recoger|terminad[oa]|ready|pick ?up)\b/i,
      answers: [
        "¡Qué rapidez! Paso esta tarde sobre las 5",
        "¡Genial! ¿Puedo ir mañana por la mañana?",
        "¡Mil gracias! Voy para allá 🚲",
      ],
    },
    {
      about: /[$£€]\s?\d|\b(precio|cuesta|total|presupuesto)\b/i,
      answers: ["Me parece bien, adelante 👍", "Perfecto. ¿Incluye la mano de obra?", "De acuerdo, háganlo por favor"],
    },
    {
      about: /\?\s*$/,
      answers: ["Sí, claro", "Creo que la de atrás, pero mejor lo miran ustedes", "Esta noche lo compruebo y le digo"],
    },
    {
      about: null,
      answers: [
        "¡Muchas gracias por avisar!",
        "Perfecto, gracias 🙏",
        "Vale, entendido 😊",
        "Muy amables, como siempre",
      ],
    },
  ],
};

const ar: ReplySet = {
  topics: [
    {
      about: /جاهز|ready|pick ?up/i,
      answers: ["ما شاء الله، بسرعة! سأمر اليوم بعد العصر", "رائع، هل يمكنني الاستلام غدًا صباحًا؟"],
    },
    { about: /\d\s?[$£€]|[$£€]\s?\d|السعر|التكلفة/, answers: ["السعر مناسب، تفضلوا 👍", "موافق، شكرًا على التوضيح"] },
    { about: /[?؟]\s*$/, answers: ["نعم، إن شاء الله", "سأتأكد الليلة وأخبركم غدًا", "العجلة الخلفية على ما أظن"] },
    { about: null, answers: ["شكرًا جزيلًا لكم 🌹", "تمام، بارك الله فيكم", "وصلت الرسالة، شكرًا", "ممتاز 👍"] },
  ],
};

const he: ReplySet = {
  topics: [
    {
      about: /מוכן|מוכנים|ready|pick ?up/i,
      answers: ["איזה מהירים! אגיע היום ב-17:00", "מעולה, אפשר לאסוף מחר בבוקר?"],
    },
    { about: /\d\s?[$£€₪]|[$£€₪]\s?\d|מחיר|עולה/, answers: ["מקובל עליי, קדימה 👍", "בסדר גמור. זה כולל עבודה?"] },
    { about: /\?\s*$/, answers: ["כן, בטח", "אבדוק הערב ואעדכן מחר", "נראה לי שמאחור, אבל אתם המומחים"] },
    { about: null, answers: ["תודה רבה! 🙏", "קיבלתי, תודה", "מעולה, נתראה", "אתם אלופים"] },
  ],
};

export const replies: Readonly<Record<Language, ReplySet>> = { en, es, ar, he };
