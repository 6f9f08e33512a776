/** Sample dialogues: couriers, a hotel, a school, people with many bikes. Notation of `script-format.ts`. */
import { parseScripts } from "./script-format.ts";

export const fleet = parseScripts(`
# fleet-monday
< Morning! Pedal Post here. Three casualties from the weekend: #4 flat rear, #9 no rear brake, #12 lights dead
> Morning Maya. Bring 9 first please, no brake means it's the urgent one. 4 and 12 can be done by 11.
< 9 is on its way with Deshawn
> 9 has arrived, Deshawn has left with coffee.
~ 90m
> 9 done: hose was cut by a zip tie edge. I rerouted it, and I'd like to look at the other ones of that batch.
< Those are 7 to 14. I'll send them two at a time this week
> 4 and 12 done too. 12 was water in the connector, it's sealed now.
< you're keeping this city's lunch on time 🥪

# fleet-invoice
< Quick one from accounts: the last invoice lists bike #3 twice on the 14th
> Looking... once is the wheel, once is the tube that should have been in the same line. You're right, that's $15 too much. Corrected copy: https://files.harbourstreetcycles.example/inv/fleet-1014b.pdf
< perfect, thanks for the quick fix. Will pay today

# fleet-batch
< 7 and 8 coming now, 9 you've done already
> Thanks. 10 and 11 tomorrow?
< tomorrow yes. 13 is in a different city with a rider who doesn't answer his phone 🙃
> 8 has the same zip tie problem. 7 is fine. Five minutes each.
~ 1d 9:25
< 10 and 11 at your door
> 10 fine, 11 same problem. So it's one installer with one habit.
< I'll mention it in the nicest possible way
> Tell them round the edge off or use tape. I'll do 14 for free if it comes before Friday.
< 14 Friday morning. And 13 has been found. He was at his mum's

# fleet-new-bikes
< Big news: we got the hospital contract. I need six more cargo bikes by the 1st. Possible??
> Congratulations!! Six by the 1st is tight but let me call around. Same model as 9 to 14?
< Same, but with the flat platform rather than the box
> Give me an hour.
~ 70m
> Four I can have from the importer next week, two from a dealer up north who owes me one. Price is $4,150 each for six, platform included. Builds take us two days each, so the last one would be ready on the 30th.
< You absolute legend. Send me the paperwork
> https://files.harbourstreetcycles.example/quote/pp-6x.pdf . I need the signed copy and 30% by tomorrow 3 pm to lock the four.
~ 2h
< Signed and paid
> Locked. I'm ordering extra coffee too.

# fleet-builds
> Bikes 15 and 16 are built. Do you want the number plates like the others, white on black?
< yes please. and the bell, the loud one
> The hospital will love the loud one.
< they asked for it! corridor crossing
~ 2d 16:50
> 17 and 18 done. 19's platform came with a scratch, I've asked for a new one, it still works meanwhile.
< don't care about scratches, will have ten more by Friday. keep it and ask for money off?
> Already did: $90 off. You're welcome 😄

# fleet-night
< Sorry for the late one. #16 was hit by a van while parked, nobody hurt. It's blocking the hospital entrance. Can I put it in front of your door overnight?
~ 1d 7:50
> Just saw this! Nobody hurt is the main thing. Is it in front of the door? I see a wheel
< that's it. the rest is behind your bins
> Found the rest. Rear triangle is bent, that's an insurance write-off I'm afraid. Motor, battery, display and platform are fine and stay yours.
< ok. can you write the report for the van's insurer?
> Today. And I have one spare frame from the same batch, I could rebuild it around your parts by Thursday for $1,120 instead of a new bike.
< do that. you should run a hospital
> I run enough.

# fleet-rider-training
< Would you do a half hour for our new riders? Flat fixing and how not to park
> Happy to. Tuesday 8 am before opening, max 8 people, bring one bike to torture. No charge, just tell them to stop cross-threading pedals.
< 8 riders, 1 victim bike, tuesday 8. I'll bring pastries
> Then I'd do it weekly.
~ 3d 9:04
< They loved it. Deshawn fixed a flat in 4:10 and won't stop talking about it
> 4:10 is a proper time! Tell him my record is 3:35 and it's on the wall.

# fleet-winter
> Winter tyres for the fleet: I can get 20 pairs of studded at $68 a pair if you order by Wednesday, otherwise it's $84.
< how many bikes actually need them? Half our routes are salted
> From last year's notes: 2, 5, 7, 11 and everything going up to the hospital. So nine.
< nine pairs then. you have notes on this??
> I have notes on everything. Nine pairs, $612. Fitting on your usual Monday?
< Yes Monday. Thank you Milo's notebook

# fleet-today
< heads up, #6 is limping your way, front wheel making a "tok tok tok"
> Tok tok tok is a spoke, or a stone in the tyre if you're lucky
~ 20m
> It was a stone. You're lucky. The rider is already gone again
< hahaha. invoice me one stone
> One stone, $0.00, net 30 days
< Also: can we add #21 and #22 to the monthly plan from the 1st?
> Added. The plan is $38 per bike, so $836 for 22. I'll send the new agreement this afternoon, just reply with a yes to it.

# hotel-fleet
< Good morning, Lantern Hotel reception. Our ten guest bikes need the seasonal check, and two guests have lost the lock keys again.
> Good morning! We can come on site: ten bikes in a morning is $280. For the keys, do you have the key numbers? They should be in the blue folder we gave you.
< We have the folder. Numbers are inside. The folder is better organised than we are.
> Wonderful. We'll cut two spares of each so there's always one at the desk. Would Wednesday 8 to 12 suit?
< Wednesday is perfect, there will be breakfast for whoever comes.
~ 4d 12:25
> All ten done. Bike 6 has a worn chain and will want a new one in spring. Keys are labelled and at reception with Amara.
< Guests are already out on them. Thank you and see you in spring.

# school-fleet
< Hi, I run the bike club at Southgate Primary. We've been given 14 donated bikes, in, let's say, mixed condition. Is there a school rate? Our budget is $400 in total and a lot of enthusiasm
> Enthusiasm is accepted here. Here's an idea: we take the 14, build the best 9 or 10 out of them, and use the rest for parts. $400 covers new tubes, pads and cables. Labour is on us if the kids help on two afternoons.
< Seriously? They'd go CRAZY for that
> Ages? We need at least one adult per four kids, closed shoes and tied hair.
< 9 to 11 years. 12 kids, 3 teachers
> Then two Mondays, when we're closed and there's space. Next week and the one after, 2 to 4?
< Booked in red on the school calendar. Thank you!!!
~ 12d 17:15
< Kids are still talking about the bearings. One asked for "a headset press" for Christmas
> Tell them the shop has a vacancy in about eight years.

# triathlon-club
< Harriers Tri Club, I'm the new equipment person. What do we have open with you?
> Welcome to the job! Open: two race wheels waiting for tyres, and one unpaid invoice of $46, no drama.
< I'll sort the invoice today. Which tyres were agreed?
> GP5000, 25 mm, black. They arrived this week.
< fit them please, race is on the 20th
> You'll have them by the 16th, so someone can ride them in.
`);
