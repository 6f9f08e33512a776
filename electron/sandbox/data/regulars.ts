/** Sample dialogues: regular customers with more than one thing to talk about. Notation of `script-format.ts`. */
import { parseScripts } from "./script-format.ts";

export const regulars = parseScripts(`
# tandem-1
< Tandem people here again. We have a disagreement: is the noise from the front or the back? (I'm front. I say back.)
> As a neutral party: bring it in. On tandems it's usually the timing chain, which is nobody's fault.
< "nobody's fault" is a disappointing answer but ok. Friday?
> Friday 11, both of you please, we need the weight.
~ 3d 13:20
> So. It was the rear drum brake arm. Which is at the back.
< HA. thank you for your service
> $20, and we're sorry to the person at the back.
< she says she heard it first, so she also wins

# tandem-2
< Question from the back of the tandem: can we get a second bottle cage where I can actually reach it
> Yes, on the rear seat tube, we'd use a strap mount. $16 fitted while you wait.
< And a horn. That only I can press
> $12. I'm not telling the captain.
< 🤝

# commuter-1
< my chain falls off about once a week now, always when changing down at the lights. 2x10
> Sounds like the inner limit screw, or a bent tooth. Ten minutes to check, no appointment, any morning.
< I'll swing by tomorrow 8:45ish
~ 1d 9:10
> It was both! Limit screw set, tooth filed. $15.
< zero drops this morning. magic
> Tell me again in a week, then it's magic.
~ 7d 9:30
< A week. It's magic.

# commuter-2
< what's the best tyre for broken glass, money no object (some object)
> Marathon Plus. Heavy, slow, immortal. $52 each. Or Almotion, $58, livelier and nearly as tough.
< I'm heavy, slow and mortal, give me the livelier ones
> Front and back Almotions in 40 mm. Friday?
< friday
> Brought in, fitted, glass removed from the old one: we counted 31 pieces.
< framing that number

# dad-bike-1
< My dad (78) wants to keep cycling but his balance isn't what it was. Do you know about trikes? He'd hate it if it looked medical
> We do, and there are handsome ones. There's also a low step e-bike with smaller wheels that feels very planted, some people prefer that first. Would he come in?
< He's proud. Could I come first and look?
> Of course, any quiet weekday morning. I'd set both out so you can try them.
~ 4d 11:55
< Thank you for the time today. I think the low step one. How do I get him to try it without him noticing I've arranged it?
> Tell him we need a tester with sixty years of experience. It's even true.
~ 5d 16:18
> Your dad has just done eleven laps of the yard and given me nine improvements. He asks when he can have it.
< I'm crying in a meeting. THANK YOU

# dad-bike-2
< Dad's verdict after two weeks: "adequate." From him that's a love letter
> We've written it on the whiteboard: ADEQUATE. Best review of the year.
< he'd like the mirror on the other side and a stronger bell
> Both while he waits, Tuesday or Wednesday morning?
< he'll come wednesday on his own. On the bike. 😊

# student-1
< cheapest way to make this rideable? it's my roommate's old one and I have like $50
> [photo: parts-bin.jpg] We keep a bin for exactly this. Used tyres in good shape $8 each, used chain $5, cables $6. You do the work on our stand on Tuesday evening, we'll show you. That's $27.
< wait you let people use the stand??
> Tuesday 6 to 8, free, tools stay here.
< see you tuesday 😭🙏
~ 4d 21:10
< I FIXED A BIKE. I am an engineer
> You are! See you when the brakes need doing.

# student-2
< ok the brakes need doing
> Prophecy fulfilled. Tuesday again? Pads are $7 used-new-old-stock.
< what does used new old stock mean
> Nobody ever bought them in 1998.
< perfect for this bike

# racer-1
< need a fresh chain waxed by saturday, race is sunday, possible?
> Drop the old one off tomorrow and take a waxed one from the rack, same length, 114 links?
< 112 now, new cassette
> 112 then. $45 for the swap program, unlimited re-wax until New Year.
< take my money
~ 4d 19:45
< 3rd!! 🥉 chain was so quiet the guy in front didn't hear me coming
> Third!! That's the whole marketing budget in one sentence. Congrats!

# racer-2
< Power meter dropped out twice on the climb. Battery is new. Could it be the magnet?
> More likely the pairing, since firmware 4.2 it reconnects badly after a long stop. Bring the head unit too.
< how long
> 20 minutes, on the trainer, with you pedalling. Espresso included.
< deal. wed 12:30
~ 3d 13:25
< 2 days, 0 dropouts, 240 w. Well the watts are the weak part
> We don't service those.

# family-1
< Hi Tess, school run update: the trailer's left wheel wobbles and Emil says it's "dancing"
> Tell Emil to stop riding the dance trailer until Thursday 🙂 It's the axle mount, I have one here.
< Thursday drop at 8:50 on the way back?
> Perfect, ready by pickup at 2:30.
~ 2d 14:10
> Fixed, $24. Emil's flag was also tired, so he has a new one, orange, as requested in crayon on the invoice.
< He is OVER the moon. You read the crayon!!
> We read everything.

# family-2
< Passing on a message from Emil (5): "dear bike shop the flag is fast now"
> Dear Emil, we thought so too. Please slow down at corners. Best regards, the bike shop.
< I read it to him twice
`);
