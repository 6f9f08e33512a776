/** Sample dialogues: drop-offs, pick-ups, lost keys, small logistics. Notation of `script-format.ts`. */
import { parseScripts } from "./script-format.ts";

export const pickups = parseScripts(`
# ready-today
> Good news, your Brompton is ready. New rear tyre (the hard one), hinge clamps adjusted, $72. We close at 6 today.
< Stuck at work until 6:15, any chance?
> I'm doing paperwork until 6:30. Ring the bell twice.
< You're a star ⭐
~ 3h
< Thank you for waiting! Folds like butter now

# lost-keys
< Hi, did I leave a bunch of keys on your counter today? Red lanyard, small brass elephant
> One brass elephant is sitting next to the till looking worried. Yes, they're here.
< OH THANK GOD
> We're open until 6, or I can drop them through your letterbox on my way home if that's Anchor Road?
< It is Anchor Road! You would do that?? number 7
> Number 7 it is. Around 6:20.
~ 1h
> Elephant delivered.
< 🐘❤️

# running-late
< stuck on the bridge, will be 15 min late for my 2:30
> No problem, the stand is yours until 3:15.
< thx 🙏

# wrong-helmet
< Awkward question. I think I walked out with someone else's helmet. Mine is white with a dent, this one is white without a dent
> I was about to write to you. We have a dented white helmet and a puzzled gentleman.
< mortified. Coming back right now
> He's having a coffee and says take your time. Also: a dent means it should be replaced. We'll talk.
< ok ok I'll buy a new one. It's a sign

# storage
> Hi! Your bike has been ready for three weeks and our racks are full of winter services. Could you collect it by the end of next week? After that we'd have to charge $3 a day for storage.
< I'm so sorry, I broke my ankle and haven't been out
> Oh no! Forget about storage, please. We'll hang it on the wall until you're back on your feet. Any pain on stairs? Your bike has none.
< 😂 thank you. 4 more weeks in the boot
> Get well soon from all of us. Milo says calf raises.

# pickup-someone-else
< Can my brother pick up my bike? His name is Tariq, he's taller and less charming
> Sure. Please send him with the ticket number, 2291, and we'll look for tall.
< 2291. Thanks!
~ 4h
> Handed over. He says the charm thing is disputed.

# saturday-hours
< are you open this saturday? google says maybe
> Yes, 9 to 4 on Saturday. Closed Sunday and Monday.
< 👍

# appointment-move
< Hi, I have the 11:00 on Wednesday, can I move it to the afternoon? Dentist
> 3:30 or 4:45?
< 3:30 please
> Moved. Good luck with the dentist.

# appointment-cancel
> Reminder: tomorrow 9:30, full service, Cube hybrid. Reply if you need to change it.
< Cancel my appointment please

# post-delivery
< The lamp you sent by mail arrived but the bracket is missing from the box. I've turned the box inside out
> That's on us, it should have been taped to the lid. I'll post one today, first class, nothing to pay.
< Lovely. No rush, I ride in daylight mostly
~ 2d 12:50
< Bracket arrived. Plus chocolate? Was that intentional
> It was very intentional.

# key-in-lock
< I'm outside and the roller door is down? Thought you open at 9
> Two minutes! Delivery truck is blocking me in the alley. Coffee is on me.
< take your time, it's sunny

# collection-van
> Van's running early: can we collect the two bikes at 8 instead of 9?
< yes, they're behind the gate, code is not something I'll text but I'll be on the balcony
> Perfect, wave at us.
~ 1d 8:03
< waving
> We see you! 👋

# receipt
< could you resend the invoice from last month? my employer pays for bike service now 🎉
> Lucky you! Here: https://files.harbourstreetcycles.example/inv/20117.pdf . It has the tax line they usually ask for.
< it's perfect

# forgot-light
< Left my front light on your counter, black, rubber strap?
> Got it, and I've put it on charge for you.
< best shop in town. tomorrow ok?
> Any time. It'll be glowing with excitement.
`);
