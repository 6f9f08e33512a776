/** Sample dialogues: thank-yous, rides, wrong numbers, consent and its near misses. Notation of `script-format.ts`. */
import { parseScripts } from "./script-format.ts";

export const community = parseScripts(`
# typed-redacted
< Is it possible to get a copy of my invoice with the customer name blacked out? For a raffle thing at work
> Sure, what should it say instead of the name?
< [redacted]

# opt-out-stop
> Autumn service week: 20% off until Saturday. Reply STOP to opt out.
< STOP

# opt-out-unsubscribe
> Hi! Your yearly check is due. Shall we book you in?
< I sold the bike in summer, no need
> Thanks for telling us, enjoy whatever comes next!
< Unsubscribe

# near-miss-early
> Good morning! Your bike is finished and ready to be picked up from 9.
< please stop texting me so early lol, it's my day off 😴
> Oops, sorry! Go back to sleep. It's ready all day.
~ 6h
< ok I'm human now. Coming at 4
> It's washed as an apology.

# near-miss-end
< Is that the end of it or will the brakes need bleeding again?
> They'll want it in about two years. You're done for now!
< END of an era 😄 great, thank you

# thank-you-short
> Your tyre is swapped, ready any time.
< thank you so much, you saved my weekend 🙏🙏

# thank-you-photo
< [photo: sunrise-lighthouse.jpg] First century ride, on the wheels you built. Not a single click. Thank you Milo!
> 100 miles! Look at that light. Milo has set this as his wallpaper.

# thursday-ride
> Thursday ride this week: lighthouse loop, 18 miles, slow group and not-so-slow group. 6:15 pm from the shop, lights on please.
< I'm in! slow group. Is there cake at the end or was that a one time thing
> Cake is now a tradition, apparently. Priya's turn.
< then I am very much in

# thursday-ride-cancelled
> Tonight's ride is cancelled, 50 mph gusts. The tea is still on at 6:30 for anyone who wants to look sadly at the weather with us.
< coming for the sad tea
> Kettle's on.

# wrong-number
< Is this Dr Feldman's office? I need to move my root canal
> This is a bicycle shop, sorry! We only do bottom brackets.
< haha. Sounds less painful

# wrong-number-2
< Hey it's Jay, here's the new number. Dinner friday?
> Hi Jay! This is Harbour Street Cycles. Dinner sounds lovely, but I think you mean someone else.
< LOL my bad. 1 digit off. enjoy your friday bike shop

# lost-cat
< Not about bikes, but have you seen a grey cat with one white sock? She sometimes sleeps in your yard
> She's on the tarp behind the bins right now, sock visible. [We're not touching, she has opinions.]
< OMG yes that's Biscuit. Coming over
> Biscuit has been informed.

# job-application
< Hello, my name is Noor, I'm 17 and I would like to ask if you have a Saturday job. I can fix flats and adjust gears and I learn fast
> Hello Noor! We're looking for someone from next month actually. Can you come by on Saturday at 3:30 for a chat? Bring something you've fixed, or a photo of it.
< [photo: rebuilt-hub.jpg] I rebuilt this hub. It runs smooth
> That's a tidy job. Saturday 3:30, ask for Tess.
~ 3d 17:40
< Thank you for the interview! When will I know?
> Now, actually. Everyone liked you. Can you start on the 6th at 9? We'll go over pay and a form for your parents.
< YES thank you thank you!!

# road-closure
> Heads up: Harbour Street is closed to cars on Saturday for the market. Bikes and feet get through as always. If you're picking up by car, use the alley behind Mill Street.
< good to know, I'll come by tram

# market-stall
< will you be at the saturday market with the free pump & check stand again?
> Yes, 9 to 1, next to the honey lady. Milo does brakes, Priya does advice, I do the talking.
< my gran wants to come. she's 81 and has Questions
> We live for Questions.
~ 3d 14:05
< Gran bought a bell. She doesn't have a bike. She's very happy
> She told me it's for the hallway. We approve.

# sponsor
< Hi, the food bank ride committee here. Would you be our mechanic again this year, Sunday the 19th? Last year you saved eleven riders
> With pleasure. Twelve this year. We'll bring the van, tubes in all sizes and the good pump. No fee, as always.
< ❤️ There's a bib with "HERO" on it for Milo
> He'll say he's embarrassed and wear it for a week.

# review-request
> Hi again! If you're happy with the new wheels, a short review helps a small shop a lot: https://reviews.example/harbour-street-cycles
< just did! 5 stars, I mentioned the coffee
> The coffee does not deserve it, but thank you!

# single-hello
< Hi, is this the number for the workshop?

# single-photo
< [photo: mystery-part.jpg] found this on my garage floor. is it important??

# single-emoji
> Your repaired tube and the spare are at the counter, $9 all in.
< 👍

# single-question
< do you take apple pay

# single-reminder
> Hello from Harbour Street Cycles. Your bike has been with us for a week, ready and polished. See you soon?

# single-late
< Just missed you by 2 minutes, lights were still on! Back tomorrow at 9 for the red bike

# landline-reception
> {undelivered} Hello, the two bikes for Bay View Apartments are ready. We're open until 6.
~ 30m
> {undelivered} Trying again: bikes for Bay View Apartments are ready for collection.

# failed-once
> {failed} Your chain and cassette are in. Shall we fit them on Friday?
~ 15m
> Your chain and cassette are in. Shall we fit them on Friday?
< yes friday is good. sorry, phone was off on the plane

# consent-ask
< Can you text me when the saddle comes in?
> Happy to! Just reply YES so that we're allowed to send you updates by text.
< YES
> Thanks. You'll hear from us when it arrives, and you can reply STOP any time.
~ 4d 13:30
> The saddle is here 🎉 $84. We'll hold it for two weeks.
< coming thursday!
`);
