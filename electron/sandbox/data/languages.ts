/** Sample dialogues in Spanish, Arabic and Hebrew (and a mix). Notation of `script-format.ts`. */
import { parseScripts } from "./script-format.ts";

export const languages = parseScripts(`
# es-pinchazo
< Hola, ¿arreglan pinchazos de patinete eléctrico también?
> ¡Hola! Sí, si la rueda es de cámara. Son $25 porque cuesta más desmontarla. ¿Qué modelo es?
< Xiaomi Pro 2, rueda de atrás 😩
> Uy, la de atrás. Tráelo mañana antes de las 12 y lo tienes por la tarde.
< Perfecto, ¡mil gracias!
~ 1d 17:15
> Ya está listo. Le puse una cámara reforzada, la otra tenía tres parches.
< Eres un crack, paso en 20 minutos

# es-presupuesto
< Buenas tardes. Necesito un presupuesto para cambiar los frenos de la bici de mi hijo, es una mountain bike de 26, frenos de disco mecánicos
> Buenas tardes. Pastillas delante y detrás, cables y fundas nuevas: $64 con mano de obra. Si los discos están gastados serían $28 más, pero le avisaríamos antes.
< Muy bien. ¿Puedo dejarla el sábado temprano?
> Claro, abrimos a las 9. Pregunte por Milo, habla español mejor que yo 🙂
< Jaja, usted lo habla muy bien
~ 2d 15:40
> Los discos estaban bien. Total $64. Le ajustamos también la altura del sillín, su hijo ha crecido.
< ¡Es verdad! Tres centímetros desde agosto. Muchísimas gracias, pasamos antes de las 6

# es-gracias
> Hola Lucía, su bicicleta está lista. La luz trasera ya funciona, era un cable suelto. No le cobramos nada.
< ¡¿De verdad?! Les llevo unos alfajores mañana 💛
> Eso sí lo aceptamos.

# es-paseo
< ¿La salida del jueves es para principiantes? Llevo sin montar desde que nació mi hija
> Sí, hay un grupo tranquilo, 18 km, paramos todas las veces que haga falta y nadie se queda atrás.
< Suena perfecto. ¿Necesito casco?
> Sí, pero si no tienes te prestamos uno.
< ¡Allí nos vemos!
~ 3d 20:50
< Llegué a casa agotada y feliz. Repito la semana que viene 🚴‍♀️

# es-robo
< Me robaron la bici anoche en la estación 😢 ¿Tienen ustedes el número de cuadro?
> Lo siento muchísimo. Sí, lo tenemos: lo mando en la factura, así le sirve para la denuncia: https://files.harbourstreetcycles.example/inv/18830.pdf
< Gracias. La policía me lo pedía y yo no sabía ni dónde mirar
> Si aparece por aquí alguien con una Orbea verde con su timbre de rana, le llamamos enseguida.
< El timbre de rana 💔
~ 6d 10:30
> Tenemos una Orbea verde en la puerta. Con rana. ¿Puede llamarnos al +1 206 555 0142?
< NO ME DIGAS. Llamo ya

# ar-service
< السلام عليكم، دراجتي فيها صوت غريب عند الضغط على الدواسة. هل عندكم موعد هذا الأسبوع؟
> وعليكم السلام! نعم، عندنا موعد يوم الخميس الساعة ١١ صباحًا. الفحص مجاني.
< ممتاز. كم تكلفة الإصلاح تقريبًا؟
> إذا كان المحور الوسطي فالتكلفة حوالي 65$ مع التركيب. سنتصل بك قبل أي عمل.
< شكرًا جزيلًا، أراكم الخميس إن شاء الله
~ 2d 16:30
> دراجتك جاهزة. غيّرنا المحور (Shimano BB52) ونظفنا السلسلة. المجموع 65$.
< الله يعطيكم العافية 🌹 سأمر بعد العمل

# ar-kids
< مرحبا، أبحث عن دراجة لابنتي عمرها ٦ سنوات، هل عندكم لون بنفسجي؟
> مرحبًا! نعم، عندنا مقاس 20 بوصة باللون البنفسجي مع سلة صغيرة، السعر 289$.
< [photo: my-princess.jpg] هذه هي الأميرة، طولها ١١٨ سم
> ما شاء الله! مقاس 20 مناسب لها تمامًا. يمكنها تجربتها يوم السبت.
< رائع، سنأتي السبت الساعة 10

# ar-thanks
> تم إصلاح الإطار، الدراجة جاهزة للاستلام حتى الساعة 6.
< شكرًا لكم، خدمة سريعة كالعادة 👏

# he-brakes
< היי, הבלמים שלי חורקים נורא אחרי הגשם. זה מסוכן?
> שלום! בדרך כלל זה רק לכלוך על הדיסק, אבל כדאי לבדוק. אפשר להביא היום עד 17:00?
< אגיע ב-16:30. כמה זה עולה?
> ניקוי וכיוון עולים 25$. אם צריך רפידות חדשות זה עוד 18$, ונגיד לפני כן.
< מעולה, תודה!
~ 2h
> מוכן. היה מספיק ניקוי, אז 25$ בלבד.
< אלופים 🙏

# he-order
< שלום, הזמנתי אצלכם אוכף Brooks B17. יש חדשות?
> שלום נועה, הוא בדרך ויגיע ביום רביעי. מספר המעקב: HSC-4471.
< תודה! אפשר שתתקינו אותו במקום?
> כמובן, ההתקנה עלינו. תביאי את האופניים ביום חמישי.
~ 3d 12:05
> האוכף הגיע והוא יפהפה. מחכים לך.
< בדרך 😍

# he-family
< אנחנו ארבעה ורוצים להשכיר אופניים לשבת, שניים למבוגרים ושניים לילדים בני 7 ו-10. יש לכם?
> יש! מבוגר 30$ ליום, ילד 15$, קסדות כלולות. סה"כ 90$.
< מצוין. מאיזו שעה?
> משבע וחצי בערב לפני כן או בבוקר מ-9:00.
< ניקח ב-9:00. תודה רבה ושבת שלום
> שבת שלום!

# mixed-translate
< Hi, my mother only reads Spanish. Can you text her about her trike directly? She said yes to texts on your form
> Of course. ¿Señora Benítez? Su triciclo está listo, le pusimos la cesta nueva. Abrimos hasta las 6.
< Soy la hija otra vez 😄 she's sitting next to me and says: "qué amables, voy mañana con mi nieto"
> Perfecto, mañana la esperamos. 🌷
`);
