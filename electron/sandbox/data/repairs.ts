/** Sample dialogues: everyday repairs. Text only, in the notation of `script-format.ts`. */
import { parseScripts } from "./script-format.ts";

export const repairs = parseScripts(`
# brake-squeal
< Hi, my rear brake sounds like a goose being stepped on. Is that something you can look at this week?
> Hello! Yes, that's usually contaminated pads. Rim or disc brakes?
< Disc. It started after I oiled the chain, which in hindsight...
> Ha, that's the number one cause. If the rotor cleans up it's $18 for pads plus $20 labour. Can you drop it Thursday before noon?
< Thursday 8:30 ok?
> We open at 9, but Milo is usually in by 8:40. Knock on the roller door.
~ 1d 8:52
< Dropped it with Milo just now. Blue Trek, goose still inside
> Got it. We'll text when the goose has been released.
~ 5h
> All done: new pads, rotor cleaned and re-bedded, and I wiped the oil off the calliper. $38 total. We're here until 6.
< Amazing. Silent as an owl. Coming at 5:30

# flat-today
< do you fix punctures while you wait?
> We do, about 25 minutes if nobody is ahead of you. $15 including the tube.
< how many ahead of me right now lol
> Two. If you come at 3 you'd be straight on the stand.
< see you at 3
~ 2h
< that was quick, thank you!! what was it in the end
> A roofing staple. We kept it for the jar on the counter, it's our ninth this month.

# gears-skipping
< Morning. My gears jump when I stand up on the pedals going up Quarry Hill. Is it dangerous?
> It can be, if it skips under load your foot can slip. How many miles on the chain?
< No idea. I bought it in 2021 and have never changed anything
> Then it's almost certainly chain and cassette together. We'd measure it first, that's free, and call before doing anything.
< What would both cost, ballpark?
> For a 9 speed: chain $32, cassette $46, fitting and indexing $40. So around $118. If the chainrings are gone too I'd show you before quoting.
< Ok ouch but fair. Can I bring it Friday?
> Friday 10:15 is yours. Please leave the lock on or bring the key, last week we had to saw one off 🙂
~ 1d 10:20
> Measured it: chain is at 1.1% (we replace at 0.75). Cassette is hooked on the three smallest cogs. Chainrings are fine, so the $118 stands. Go ahead?
< Yes please go ahead
~ 4h
> Ready when you are. Took it up Quarry Hill myself, standing, no jumping.
< 🙌 you're the best

# wheel-true
< [photo: wobbly-wheel.jpg] Is this saveable or do I need a new wheel?
> Saveable! Two broken spokes on the drive side and it's pulled over. $45 with spokes.
< oh good. I thought you were going to say $200
> Not today. Bring just the wheel if you like, saves you pushing the bike.
< bus with a wheel under my arm, very glamorous
~ 1d 16:05
> Your wheel is straight to within half a millimetre and on the hook behind the till.
< thanks! tomorrow lunchtime

# creak-hunt
< I have a creak that has defeated two other shops
> We do like those. Seated, standing, or both?
< Both but louder seated. Only after about 20 mins. Only on the left. My wife says only on Sundays.
> 20 minutes in makes me think seatpost or saddle rails warming up rather than the bottom bracket. Bring it in with the saddle height marked with tape.
~ 2d 11:40
> OK, confession: it wasn't the seatpost. It was a chainring bolt, and then ALSO the left pedal thread. Both cleaned, greased and torqued. I rode 40 minutes with no noise.
< You did a 40 minute test ride??
> The creak started it.
< What do I owe you
> $30. It was a nice morning for it.
< I'll bring cookies too. Seriously, thank you, I was about to sell the thing

# winter-service
> Hi, Harbour Street Cycles here. It's a year since your last full service. Winter slots are opening: $95 instead of $120 until the end of the month. Want one?
< Yes! Do you still do the thing where you collect it?
> Collection within 5 miles is $10, Tuesdays and Fridays.
< Friday then, I'm on Pilot Lane, the house with the yellow door
> Friday between 8 and 10. Please take off the child seat if you can.
~ 2d 8:34
> We're outside 🚲
< coming down, one second
~ 1d 15:20
> All serviced: both brake cables, new bar tape (you mentioned it last year, no charge), headset greased. The rear tyre has maybe 300 miles left in it. We'll bring it back Tuesday.
< That is so kind. Can I just pay by phone?
> Sure: https://pay.harbourstreetcycles.example/i/20418 . $105 with collection.
< Paid

# cable-snap
< shifter cable just snapped mid commute, stuck in the hardest gear. can you do anything before 6 today??
> Yes, we keep the 4 to 6 slot for exactly this. Come straight over.
< i love you
> Wait until you see the state of the queue 😅 but you'll be home by bike tonight.

# bent-derailleur
< Bike fell off the rack on the highway. The gear thing at the back is pointing at the sky
> Oh no. Are you ok? Did anyone drive over it?
< I'm fine, bike slid onto the verge. Only the gear thing and the pride
> Then it's likely the hanger, a $25 part made to bend so the frame doesn't. Send a photo of the back end?
< [photo: hanger-left.jpg, hanger-behind.jpg]
> Yep, hanger, and the derailleur cage is tweaked too. Hanger $25, derailleur $58, fitting $35. I'd check the frame alignment for free.
< do it. when?
> Have to order that hanger, two days. You can leave the bike here meanwhile so you don't ride it.
~ 3d 10:05
> Hanger arrived and it's done. Frame is perfectly straight, you were lucky.
< lucky is my middle name apparently. $118 right?
> $118 right. And please two straps on that rack next time.

# tubeless
< Thinking about going tubeless. Worth it for someone who rides gravel maybe twice a month?
> Honest answer: if you get flats, yes. If you don't, spend the money on nicer tyres. Sealant dries out in about 4 months if the bike stands still.
< I got 3 flats last month
> Then yes. Your rims say tubeless ready, so tape, valves, sealant and labour comes to $85 for both wheels.
< Book me in. Can you use my tyres?
> If they're the Panaracers you bought from us, yes.
< they are. wow good memory
> Good notes. Wednesday morning?
< wed works

# kids-stabilisers
< Hi! My daughter wants her training wheels OFF today, she has decided. Can I bring the bike now? I don't have the right spanner
> For an important day like this we'll do it while she watches. No charge.
< [photo: ready-for-launch.jpg] on our way
~ 3h
< She did it!! Twice around the parking lot. She says to tell the man with the beard
> The man with the beard has told everyone in the shop. Well done her 🎉

# mudguards
< do you have full mudguards for a 700x38 tyre, in black, in stock?
> SKS Bluemels 45 mm, two sets left, $54. Fitting $20, or free if you're patient and come on a Tuesday.
< tuesday it is, put one set aside? name's Orla
> Set aside under O. Saturday is the limit though, it's going to rain and people remember mudguards when it rains.

# commute-check
< Could you do a quick safety check before I start cycling to work Monday? Haven't ridden in ~6 years and the bike lived in a garage
> Absolutely. Bring it in and we'll pump, oil, check brakes and bearings, and tell you honestly what's needed. $25, taken off if you have work done.
< Perfect. Any time Saturday?
> 9:30 before the rush?
~ 3d 9:41
> Verdict: better than expected! Tyres are cracked and must go ($62 the pair, fitted). Brake blocks are hard as wood ($16). Everything else is just thirsty.
< do both please. is it ready for Monday
> Ready today at 2.
< 😍
~ 2d 18:20
< First commute done! Legs destroyed, mood excellent

# hydraulic-bleed
< lever goes all the way to the bar on my front brake. air in it?
> Very likely. Don't ride it down Quarry Hill please. Bleed is $40 per brake and takes a day, because we let it sit overnight and do it again.
< both then. shimano deore
> Mineral oil, good, we have plenty. Tomorrow morning?
< dropping it 9:15
~ 1d 17:10
> Done, and firm like a handshake. The rear was dirty too so I'm glad we did both. $80.
< perfect, I'll be there thursday after work, is 5:45 fine?
> 5:45 is fine, doors at 6.

# pedal-stuck
< Which way do I turn the left pedal to get it off? I've been jumping on the wrench
> Left pedal is reverse threaded: turn it clockwise to loosen. (So: always towards the back wheel, on top.)
< oh
< I have been tightening it for 20 minutes
> Everyone does it once. If it's stuck now, come by, our wrench is a metre long.
< Coming by 😔
`);
