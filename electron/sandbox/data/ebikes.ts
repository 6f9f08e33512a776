/** Sample dialogues: e-bikes, batteries, motors. Text only, in the notation of `script-format.ts`. */
import { parseScripts } from "./script-format.ts";

export const ebikes = parseScripts(`
# battery-winter
< My e-bike went from 40 miles of range to about 22. Is the battery dying? It's only two years old
> Could be just the cold: below 5 °C you lose a third or more. Do you store it in the garage?
< Unheated shed
> Take the battery inside overnight and put it on the bike right before you ride. If you're still under 30 after a week, bring it and we'll run a capacity test ($35, takes 5 hours).
~ 8d
< Update: 36 miles yesterday. The battery now lives next to the toaster and has a name
> Best possible outcome. What's its name?
< Sparky. My kids are not original

# error-503
< Display shows error 503 and no assistance. What is that
> Speed sensor. Nine times out of ten the little magnet on the rear spoke has slipped. Can you see it? It should pass within a finger's width of the sensor on the chainstay.
< [photo: spoke-magnet.jpg] this?
> That's it, and it's turned the wrong way. Twist it so the flat side faces the sensor and tighten with your fingers.
< IT WORKS
< what do I owe you
> A nice review if you feel like it 🙂 https://reviews.example/harbour-street-cycles

# motor-noise
< Cargo bike (the long green one) makes a grinding noise above 12 mph, only with the motor on. 2 kids in the box if that matters. The noise is the bike, not the kids
> Thanks for clarifying! Grinding only under power sounds like the motor freewheel. It's under warranty until next August, so let's not wait. Can you be without it for three days?
< Three days is tough with school. Any loaner?
> We have one long-tail we lend for warranty cases. It seats two kids, but no rain cover.
< Deal
~ 1d 8:47
< Thanks for the loaner, the kids want to keep it
~ 2d 14:15
> Diagnosis back: freewheel clutch worn, the manufacturer ships a replacement drive unit. Nothing to pay. Part is due in about 5 working days. Keep the long-tail until then.
< Seriously good service. Thank you
> One thing: the new unit needs pairing with your display, so bring the display key when you come.

# motor-noise-done
> Green cargo is ready! New drive unit fitted and paired, 14 miles of test ride, no noise with 40 kg of potting soil in the box.
< Potting soil is quieter than my two. I'll swap bikes Thursday 5ish
> Thursday 5 it is. The potting soil is not included.

# key-code
< I lost BOTH keys of my e-bike battery. Please tell me there's a way
> There is, if you have the key number. It's on a little metal tag, or on the card in the manual. Four or five digits after the letter.
< the card is in a drawer somewhere. What if I can't find it
> Then we drill the lock cylinder and fit a new one, $74 with two keys. With the number it's $19 per key and about a week.
~ 1d 19:02
< FOUND IT. Do I text you the number? Feels like texting a password
> Good instinct. Just bring the card, please don't text it.
< 👍 tomorrow

# firmware
< Is there a firmware update for the Bosch system? A guy in a forum says it adds an extra mode
> There is. It takes 20 minutes on our diagnostic laptop and it's free with a service, $20 without. The extra mode is mostly Tour with better manners.
< is it true it makes the bike faster
> No, and if someone offers that: it voids the warranty and makes it a motorbike on paper.
< understood, asking for a friend 😇

# quote-conversion
< Do you convert regular bikes to electric? I have a 90s steel touring frame I adore
> We do front hub conversions on steel forks. Kit, 36 V battery, fitting and a torque arm comes to about $980. We'd want to see the fork and the brakes first, honestly some nice old cantilevers are not up to it.
< That's less than I feared. How much heavier?
> About 13 lb. You feel it carrying it up stairs, not riding.
< I live on the 4th floor 😬
> Then let's talk about fitness.
< hahaha ok. I'll bring it in and cry together

# range-advice
< Hi, we talked about the step-through with the small battery. Commute is 11 miles each way with Quarry Hill. Enough?
> On Tour: there and back with about 20% left in summer, and it'll be tight in January. If you can charge at work, the small one is fine. If not, take the 500.
< No charging at work, insurance says no
> Then the 500, and I'd rather sell you the right one than the cheaper one. Difference is $310.
< ok convinced. can I test the hill specifically?
> That's the best test there is. Saturday at 10, helmet here if you need one.

# charger-dead
< charger light stays off, bike won't charge. checked the fuse, checked three outlets
> Does the battery light up when you press its own button?
< yes, two bars
> Then it's the charger. We have a shop charger you can borrow tonight, and a new one is $129, in stock.
< is that covered? bought last December
> Bought within two years with us, so yes, covered. Bring the dead one and the receipt or just your phone number.
< you just made my day
~ 1d 12:31
> Swapped and registered. Your new charger has serial ending 8841, I added it to your file.

# stolen-battery
< Someone stole the battery off my bike outside the library. Just the battery!!
> I'm so sorry. That's sadly a thing at the moment. Please report it with the serial: yours ends in 30217, I'll send the full invoice PDF for the police and the insurer.
< thank you, I would never have found that
> https://files.harbourstreetcycles.example/inv/19877.pdf
~ 3d 10:22
< Insurer accepted. They need a written quote for a replacement from you
> Sending today. New battery $689, and I'd add a lock core with its own key for $34, which insurers like to see.
< Yes to both
> Ordered. Roughly 8 working days.
`);
