/** Sample dialogues: the sales line, test rides, sizing, orders. Notation of `script-format.ts`. */
import { parseScripts } from "./script-format.ts";

export const sales = parseScripts(`
# test-ride
< Hello, is the Kona Rove in the window a 54? I'd love to take it for a spin
> It is a 54! We do test rides Wed to Sat, 30 minutes, you leave an ID and a smile.
< Thursday 4pm?
> Booked. Bring your own pedals if you clip in, otherwise flats are on.
~ 2d 17:05
< That was dangerous. I can't stop thinking about it
> It has that effect. No pressure, I can hold it until Saturday evening without a deposit.
< Let me talk to my bank account. And my girlfriend. In that order
~ 1d 11:20
< Bank account said yes, girlfriend said "finally". I'll take it!
> Congratulations!! 🎉 $1,749 less the $80 for your trade-in pedals and rack. First service is on us.

# sizing
< Hi, I'm 5'3 with short legs and long arms apparently. Everything I sit on feels wrong
> You're describing a reach problem more than a size problem. We do a 45 minute fitting for $60, and it's free if you buy a bike within a month.
< That sounds great. Do I need cycling clothes?
> Anything you can move in and shoes you'd ride in. If you have a bike that feels nearly right, bring that one too.
< I'll bring my old hybrid. It is terrible but my knees like it
> The knees are usually right. Next Wednesday 5 pm?
< 👌

# kids-bike
< We need a bike for an eight year old who is tall for eight. Birthday is in 9 days. It must be green
> 24 inch then. In green we have one Frog 61 left, and a Squish that's more of a lime.
< photo of the lime?
> [photo: squish-24-lime.jpg]
< That's the one. $420?
> $415, and we put the first scratch sticker over the first scratch for free.
< can you hide it until the 14th? he comes past your window on the way to school every single day
> It will spend nine days behind the paint cans.
~ 8d 16:44
> The coast is clear, school is out at 3. Come to the back door.
< On my way, feeling like a spy 🕵️
~ 1d 20:15
< [photo: birthday-boy.jpg]
< He has slept next to it. Thank you all so much
> This photo is going on the wall, if you allow.
< He'd be SO proud. Yes

# lead-time
< Any news on the black step-through I ordered? You said three weeks, it's been four
> You're right and I'm sorry, I should have written before you did. The supplier moved it twice. I called this morning: it's on a truck that arrives Thursday, and I've asked for the tracking.
< ok thank you for being straight with me
> To make up for it, the rack and lock are on us when you collect.
~ 3d 13:10
> It's here, built, and standing in the workshop looking innocent. Collect any time from tomorrow 10.
< Finally!! Tomorrow at 10 then

# second-hand
< do you buy used bikes? I have a 2019 Giant Escape, medium, good nick
> We take them in part exchange, and buy outright if they're clean and there's a receipt or a serial we can check.
< no receipt, bought from my cousin
> Serial is enough, it's under the bottom bracket. If it's clean in the register we'd offer around $160 depending on wear.
< [photo: serial-plate.jpg]
> Register is clean. Bring it in, we'll look at the wheels and make you a firm offer.

# accessories-list
< I'm picking up my new bike Saturday and would like to take everything at once. Here's my list, can you tell me what's missing and roughly what it adds up to?
|
| - a good lock, I park near the station
| - lights I can charge by USB
| - a bell that sounds friendly
| - panniers that survive a laptop
| - something to carry a 6 year old's helmet on
> Love a list. Here you go:
|
| Lock: folding, level 12, $89 (for the station please not less)
| Lights: set, 80/30 lux, $64
| Bell: the brass one, $14, it's basically a meditation
| Panniers: waterproof pair with a padded sleeve, $139
| Helmet hook: that's a $4 carabiner
|
| Together $310, and 10% off with a new bike, so $279. What's missing: a small pump and a spare tube, $31.
< Yes to all of it, including the carabiner, which I will treasure

# price-match
< I saw the same helmet for $15 less online. Can you match?
> If it's the same year and in stock there, we go halfway: $7.50 off, and we fit it properly on your head and adjust it again in a month.
< ok halfway is fair
> Size M in matte blue is under the counter for you.

# test-ride-rain
< It's pouring. Is the 3 pm test ride still on?
> Only if you want it to be. Honestly, rain shows you the brakes and the mudguards.
< ha. I'll come, I'm already wet
> We have towels and bad coffee.

# cargo-choice
< We can't decide between the longtail and the box bike. Two kids (3 and 5), a dog sometimes, groceries, hills. Budget 5k tops. What would YOU take?
> With your hill and a garage: longtail. It rides like a bike, your 5 year old can use it until 10, and it parks in a normal rack. The box wins for the dog and for naps.
< The naps are a strong argument
> They are. Take both home for a weekend? We have demo ones, $40 each, credited if you buy.
< You do that??
> Two customers a month do, and nobody has ever chosen the one they thought they would.
~ 5d 18:25
< We chose the one we didn't think we would. The dog decided. Box it is 🐕
> Nobody ever believes me. I'll write up the order: $4,690 with the rain tent.

# deposit
< Paid the deposit via the link, did it go through?
> It did: $200 received, order 5517. Your receipt: https://pay.harbourstreetcycles.example/r/5517
< thx

# catalogue-question
< Is the 2026 gravel frame compatible with 650b wheels and 2.1 tyres? The website says 47 mm max
> With 700c it's 47 mm, with 650b it clears 2.1 with mudguard mounts unused. We've built two that way. Careful with knobby shoulders, 2.1 measured, not 2.1 printed.
< perfect nerd answer. thank you
> That's what it says on my tombstone.

# gift-voucher
< Hi! Can I buy a gift voucher by phone? It's for my dad's 70th and I live in the UK
> Of course. We email a PDF or post a card with a chain link on it, people like the card.
< The card please!! To his address in town. £100 worth, whatever that is
> That's $125 or so today, shall we make it $125 even? You can pay here: https://pay.harbourstreetcycles.example/v/70
< Done. Could you write "for the knees, from Jess" on it?
> "For the knees, from Jess." Beautiful. Posted this afternoon.
~ 6d 19:33
< He called me laughing. Mission accomplished ❤️

# opening-day
> New this week in the shop: five women's saddles you can borrow for 7 days each before buying. No deposit for existing customers.
< Interested! Which one for long upright rides?
> The 155 mm with the cut-out. It's here with your name on a sticky note.
`);
