/** Sample dialogues: warranty, quotes, insurance, complaints. Notation of `script-format.ts`. */
import { parseScripts } from "./script-format.ts";

export const warranty = parseScripts(`
# frame-crack
< [photo: seat-tube-line.jpg] Is this a crack or a scratch? It wasn't there last week
> Please stop riding it until I've seen it. It's exactly where this frame can crack. Can you bring it today?
< by car, yes, 5 pm
~ 5h
> It's a crack, I'm afraid, about 2 cm. The good news: lifetime frame warranty and you're the first owner. I've photographed everything and filed the claim.
< ugh. How long do these take?
> Usually 10 days for the decision, then 2 to 3 weeks for the frame. I'll lend you the grey single speed meanwhile, it's plain but honest.
< plain but honest sounds like me. Thank you
~ 9d 10:45
> Claim approved! They offer the same frame in sand or in forest green. Moving your parts over is covered too.
< FOREST GREEN
> I had guessed that.

# crash-quote
< A driver opened a door into me on Mill Street. I'm bruised but ok. Their insurance wants a repair quote for the bike
> I'm glad you're ok. Please don't ride it even if it looks fine, forks can be hurt invisibly. Bring it and we'll write a full damage report, $45, which the insurer pays back.
< ok. do you need the claim number
> Yes please, and any photos from the scene.
< [photo: door-1.jpg, door-2.jpg, bars.jpg] claim HX-20931
~ 2d 15:30
> Report is ready: fork steerer is bent, front wheel beyond truing, bars and left shifter replaced for safety. Total $864.50. Two pages with photos: https://files.harbourstreetcycles.example/rep/0931.pdf
< That's very thorough. Sent it off
~ 7d 11:11
< They're paying all of it. And for a new helmet
> Exactly as it should be. Parts ordered, eight days or so. Take it easy on those bruises.

# service-complaint
< I have to be honest, I'm a bit disappointed. I picked up my bike yesterday after a full service and the front brake rubs, and there is a greasy thumbprint on my white saddle. I paid $120 and I expected it to be perfect, especially since I told the young man at the counter about the brake twice. I've been coming to you since you opened and have always recommended you, so I'd rather tell you than write it somewhere.
> Thank you for telling us first, and I'm sorry. You told us twice and we still handed it over rubbing, that's not ok.
|
| Can I pick the bike up from you tomorrow morning, put it right, and bring it back by lunch? The service will be refunded by half either way.
|
| Tess (owner)
< I didn't expect that. Tomorrow 9 is fine. Thank you, Tess
~ 1d 12:40
> Brake centred, rotor was slightly bent and is now new, saddle cleaned twice. Refund of $60 is on its way to your card.
< It runs beautifully. Faith restored, and I'll keep recommending you

# tyre-warranty
< The tyre you sold me in the spring has a bulge on the side. Is that warranty?
> Bulge = casing failure, so yes, if it isn't from a curb. Let air out of it and don't ride on it.
< no curb, promise
> Bring the tyre and we'll swap it on the spot. The manufacturer never argues about those.

# quote-restore
< Good afternoon. I inherited my father's 1978 Raleigh and would like it ridable but not shiny. What would something like that cost?
> What a lovely thing to inherit. "Ridable, not shiny" is our favourite kind of job.
|
| Typically: new tyres and tubes, cables, brake blocks, bearings cleaned and regreased, chain. Between $240 and $320, depending on whether the cotter pins come out peacefully. We keep every old part that can stay.
< Please keep the bell. It doesn't work, but please keep it
> The bell stays, working or not. Would you like us to try?
< Yes. But if it doesn't work, that's fine too
~ 12d 16:20
> Your father's Raleigh is ready, $286. The cotter pins came out like lambs. And the bell rings. It was just forty years of polish.
< I had to sit down for a moment. Thank you. I'll come on Saturday with my son

# insurance-value
< Hi, my home insurer asks what my bike is worth today. Do you do valuations?
> We do, $20, takes two days, comes on letterhead. Bring it by or send photos of frame number, drivetrain and any scratches.
< [photo: frame-no.jpg, drivetrain.jpg, scratch.jpg]
> Enough for me. You'll have it by Thursday.
~ 2d 10:10
> Valued at $1,380 (new $2,150, 2022). Letter: https://files.harbourstreetcycles.example/val/388.pdf
< higher than I thought, great

# recall
> Important: the manufacturer has recalled the stem on the 2024 Ridgeback Tempo. Yours is one of them. Please don't ride it until we've swapped it. It's free and takes 15 minutes, no appointment needed.
< Oh wow. Is it dangerous?
> One in about 4,000 can crack under hard braking. Small, but not a number I like.
< bringing it now on foot
~ 3h
> Swapped. You can check the new one yourself: it has a small "B" after the date.
< Thanks for tracking us down. I'd have never seen that

# warranty-declined
> I have an answer on the rear shock and it isn't the one I wanted: they refused, because the air can was opened before. I argued, twice.
< hm. I did open it once, following a video
> I know, and thank you for being honest about it. A rebuild here is $140 with a 1 year guarantee from us. A new one is $389.
< rebuild then. lesson learned: don't follow videos
> Follow them to the end is usually the trick 🙂
< harsh but fair

# small-claims
< What's the guarantee on repairs, generally? Asking before I bring you my wife's bike, which matters more than mine
> Six months on labour, two years on new parts. If it squeaks again within a month we don't even ask.
< Good enough for the wife's bike
> High praise. Bring it Tuesday, it's our quiet day.

# long-letter
< Dear Harbour Street team, I'm not one for long texts but here goes. I moved here last autumn knowing nobody, with a bicycle I had bought online and put together badly, as Milo pointed out within about four seconds. He spent half an hour showing me how to do it properly and wouldn't take money. The week after, Tess told me about the Thursday ride, and I came along to the slow group because I was sure I'd be the slowest. I was. Nobody minded. Someone waited at every corner.
|
| It's now almost a year. I've met most of my friends on that ride, I've learned to fix a puncture in six minutes, I've cycled to the lighthouse and back, and last weekend I rode sixty miles for the food bank and raised $840, a good part of it from people I met in your shop. I'm aware it's "just" a bike shop. It hasn't been just a bike shop for me.
|
| I also finally understand what the third brake pad noise means, though I still can't explain it to anyone without making the sound.
|
| So: thank you. There's a carrot cake on the way for all of you. It has walnuts, please warn anyone who shouldn't.
|
| Warmly,
| Ines
> Ines, Milo is pretending to look for something in the parts drawer so nobody sees his face. Thank you. It means more than you know.
|
| We warned Priya about the walnuts. The rest of us are ready.
|
| Tess
< 🥕🍰 arriving 4 pm
~ 2h
> There is no cake left. There was a cake.
`);
