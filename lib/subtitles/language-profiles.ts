/**
 * What tells written languages apart: the letters beyond a to z that each uses (lower case), its
 * commonest words, and the encodings that its subtitles are found in, likeliest first. Written for
 * Vigilio from the languages' own alphabets; the words are those that dialogue is full of.
 */
export interface LanguageProfile {
  letters: string;
  /** True where few words hold one of them, so that a mark is likelier: `…` rather than `à`. */
  areLettersRare?: boolean;
  words: string;
  encodings: readonly string[];
}

const western = ["windows-1252", "iso-8859-15", "cp850", "cp437", "macroman"] as const;
const central = ["windows-1250", "iso-8859-2", "cp852", "maccenteuro"] as const;
const cyrillic = ["windows-1251", "koi8-r", "cp866", "iso-8859-5", "cp855", "maccyrillic"] as const;
const baltic = ["windows-1257", "iso-8859-13", "iso-8859-4", "cp775"] as const;
const nordic = ["windows-1252", "iso-8859-15", "cp850", "cp865", "iso-8859-10"] as const;

export const languageProfiles: Record<string, LanguageProfile> = {
  en: {
    letters: "éèïêàçñöü",
    areLettersRare: true,
    words:
      "the you to and it of is that in what we me this for my on have your do no are not don't be was know can but all with just there so he they get like go i'm it's if right out up about come him her she how yeah here well one",
    encodings: western,
  },
  de: {
    letters: "äöüß",
    words:
      "ich sie das ist du nicht die und es der wir was zu ein er in mir mit ja wie den auf mich dass so hier eine wenn hat all sind von dich war haben für an habe da nein bin noch dir uns sich nur einen kann dem auch aber über schön müssen",
    encodings: western,
  },
  fr: {
    letters: "éèêëàâùûüîïôœçæÿ",
    words:
      "je de est pas le vous la tu que un il et à ne les ce en on ça une ai pour des moi qui nous mais y me dans du bien elle si tout plus non mon suis te au avec va oui toi fait ils as être faire se été c'est j'ai qu'il très où là même",
    encodings: western,
  },
  es: {
    letters: "áéíóúüñ¿¡",
    words:
      "que de no a la el es y en lo un por qué me una te los se con para mi está si bien pero yo eso las sí su tu aquí del al como le más todo esta ya muy hay ahora algo estoy tengo nos nada cuando él él cómo sé ¿qué también",
    encodings: western,
  },
  ca: {
    letters: "àçèéíïòóúü·",
    words:
      "que no de la el és i a en un per què ho em una et els es amb però si jo això les sí tu del al com més tot aquesta ja molt ara alguna estic tinc res quan ell també hem sóc ets aquí bé",
    encodings: western,
  },
  pt: {
    letters: "áâãàçéêíóôõúü",
    words:
      "que não o de a é você e eu um se me uma está para por do com os bem em como da isso meu no ele mas na vai sim aqui mais ser só muito estou ela já tem são minha vamos nos então também até",
    encodings: western,
  },
  gl: {
    letters: "áéíóúüñ¿¡",
    words:
      "que non de un o a é unha os para eu ti xa moi pero isto iso aquí moito máis está vou ben se por con me te na no do da como só todo agora nada meu teu el ela hai",
    encodings: western,
  },
  eu: {
    letters: "ñüç",
    words:
      "ez da eta bat zer bai zure nire hau dut naiz zara du gara hori nola non nor egin dago behar dugu duzu dira baina hemen orain oso ondo ere zuen",
    encodings: western,
  },
  it: {
    letters: "àèéìíîòóùú",
    words:
      "che non di e la il un a per in è mi sono ho si lo ma ti una ha con cosa le no bene tu se da come io del questo qui hai sei al mio più me solo te era gli perché tutto della così c'è può già sì lui",
    encodings: western,
  },
  nl: {
    letters: "éëïóöèüáêç",
    areLettersRare: true,
    words:
      "ik je het de dat is een niet en van wat we in ze hij op te zijn er maar me die heb voor met als ben was u mijn aan hebt weet hier dit naar heeft jij om kan zo goed moet jullie wil nog daar geen één",
    encodings: western,
  },
  sv: {
    letters: "åäöéà",
    words:
      "jag det är du inte att en och har vi på i för han vad med mig som här om dig var den så till kan de ni ska ett men av vill nu ja nej vet bra hon min där då från får måste när",
    encodings: nordic,
  },
  da: {
    letters: "æøåéö",
    words:
      "jeg det er du ikke at en og har vi på til med for han hvad mig der kan den her skal de om dig så ved vil et var i som nej ja mig ham men går være godt være nu også får gør må",
    encodings: nordic,
  },
  no: {
    letters: "æøåéòôà",
    words:
      "jeg det er du ikke en og har vi på til med for han hva meg som kan den her skal de om deg så vet vil et var i at å nei ja men gå være bra nå også får gjør må noe hvor fra opp",
    encodings: nordic,
  },
  fi: {
    letters: "äöåšž",
    words:
      "on ei se hän olen en minä sinä mitä ja että niin oli mutta hyvä kun nyt tämä sen ole joo jos kuin voi minun sinun mikä minut täällä siitä vain olet hyvin mukaan me te älä pitää että tiedä kyllä miksi häntä tässä",
    encodings: nordic,
  },
  is: {
    letters: "áéíóúýþæöðå",
    words:
      "ég það er að og þú ekki við í á hann hún en sem var um til með af hvað já nei þetta mér þér hér svo fyrir ef mig þig hvar eru þeir skal vil veit bara fara",
    encodings: nordic,
  },
  pl: {
    letters: "ąćęłńóśźż",
    words:
      "nie to się w na i z co jest że do tak jak o mnie za ale ja po mi go jestem tym dla być ma pan już coś wiem chcę mam dobrze tylko ci czy może proszę tego masz będzie też więc bardzo był jego są gdzie",
    encodings: central,
  },
  cs: {
    letters: "áčďéěíňóřšťúůýž",
    words:
      "je to se na ne co že a jsem si v tak jak mi ale do ty za já s o jsi by mě tady pro jen ano máš když bude jste víš než byl už ho vám dobře něco proč tě jsme může vím být pak nic",
    encodings: central,
  },
  sk: {
    letters: "áäčďéíĺľňóôŕšťúýž",
    words:
      "je to sa na nie čo že a som si v tak ako mi ale do ty za ja s o by ma tu pre len áno máš keď bude ste vieš než bol už ho vám dobre niečo prečo ťa sme môže viem byť potom nič",
    encodings: central,
  },
  hu: {
    letters: "áéíóöőúüű",
    words:
      "a az nem hogy és egy ez van is azt mit ha de én igen ki már csak meg mi itt jól volt te kell most vagyok le el lesz nincs miért jó ezt nekem vagy minden azért akkor mert úgy így köszönöm tudom olyan",
    encodings: central,
  },
  ro: {
    letters: "ăâîșțşţ",
    words:
      "nu să de a ce e o și în pe la am că un este cu mai ai da te mă din eu tu asta ma ți pentru o au ne fi bine aici ca dar cum sunt el sa s-a vreau acum știu aşa şi să-mi poate",
    encodings: ["windows-1250", "iso-8859-2", "iso-8859-16", "cp852", "maccenteuro"],
  },
  hr: {
    letters: "čćđšž",
    words:
      "je da se ne to sam u i na što si za li mi ti a smo kako me nije on ali od ja ste će samo sve znam ovo su dobro bio bi moj kad tako nema reći tko nešto gdje hoćeš možeš ovdje prije netko uvijek vrijeme mjesto lijepo",
    encodings: central,
  },
  sr: {
    letters: "абвгдђежзијклљмнњопрстћуфхцчџш",
    words:
      "ко је да се не то сам у и на шта си за ли ми ти а смо како ме није он али од ја сте ће само све знам ово су добро",
    encodings: ["windows-1251", "iso-8859-5", "cp855"],
  },
  "sr-Latn": {
    letters: "čćđšž",
    words:
      "je da se ne to sam u i na šta si za li mi ti a smo kako me nije on ali od ja ste će samo sve znam ovo su dobro bio bi moj kad tako nema ko gde ovde pre neko uvek vreme mesto lepo hoćeš možeš",
    encodings: central,
  },
  sl: {
    letters: "čšžćđ",
    words:
      "je da se ne to sem v in na kaj si za ali mi ti a smo kako me ni on pa od jaz ste bo samo vse vem so dobro bil bi moj ko tako kje nekaj kdo lahko še že zakaj hočem bom",
    encodings: central,
  },
  sq: {
    letters: "çëâ",
    words:
      "të e në dhe është një për që nuk me unë do ti jo ai po ka se si më kam ju ne tani këtu mund kjo çfarë duhet mirë vetëm ose këtë nga jam janë",
    encodings: western,
  },
  tr: {
    letters: "çğıöşüâîû",
    words:
      "bir bu ne ve mi için çok ben o da de sen var değil evet hayır iyi ama gibi her şey beni seni bana sana daha onu kadar ona nasıl yok neden olarak biz siz tamam ile şimdi burada olduğunu bile mı zaman kim böyle hiç",
    encodings: ["windows-1254", "iso-8859-9", "cp857", "macturkish"],
  },
  az: {
    letters: "çəğıöşü",
    words:
      "bir bu nə və mən sən o da də var deyil bəli yox yaxşı amma kimi hər şey məni səni mənə sənə daha üçün çox nec indi burada",
    encodings: ["windows-1254", "iso-8859-9"],
  },
  et: {
    letters: "äöõüšž",
    words:
      "ma on ei see sa ja et mis ta oma kui ole mida oli siis ning me nad aga nii sind mind siin kas või olen oled hästi mul sul väga nüüd tead tema pole jah miks",
    encodings: [
      "windows-1257",
      "windows-1252",
      "iso-8859-13",
      "iso-8859-15",
      "iso-8859-4",
      "cp775",
    ],
  },
  lv: {
    letters: "āčēģīķļņšūžōŗ",
    words:
      "es tu ir ne un ka to kas par man no ar tas vai ko bet tā mēs viņš jā nē tev nav lai esmu viņa tikai labi kā šeit mani būs jūs vēl tad kāpēc kur",
    encodings: baltic,
  },
  lt: {
    letters: "ąčęėįšųūž",
    words:
      "aš tu ir ne kad tai yra į iš su ką kaip man jis mes bet ar taip jie labai čia tik jei ką mano tavo nėra jūs gerai bus buvo dėl kas apie turi kodėl",
    encodings: baltic,
  },
  vi: {
    letters: "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
    words:
      "không tôi là và có anh cô một đã của cho được này với người em ông những ta trong đó thì đi ở gì chúng đây làm cái nó mình phải như rồi biết đến ra vậy sẽ bạn nào các thế",
    encodings: ["windows-1258", "viscii", "tcvn"],
  },
  ru: {
    letters: "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    words:
      "я не что в и ты это на с он как мы да а но мне у вы меня за то все так тебя есть нет его если о к по быть она они же тебе чтобы здесь хорошо вас из где бы знаю только",
    encodings: cyrillic,
  },
  uk: {
    letters: "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    words:
      "я не що в і ти це на з він як ми так а але мені у ви мене за то все тебе є ні його якщо до по бути вона вони ж тобі щоб тут добре вас із де б знаю тільки й та",
    encodings: ["windows-1251", "koi8-u", "cp1125", "cp866", "iso-8859-5", "cp855", "maccyrillic"],
  },
  be: {
    letters: "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    words:
      "я не што ў і ты гэта на з ён як мы так а але мне у вы мяне за то усё цябе ёсць не яго калі да па быць яна яны ж табе каб тут добра",
    encodings: ["windows-1251", "cp866", "iso-8859-5", "cp855", "koi8-r"],
  },
  bg: {
    letters: "абвгдежзийклмнопрстуфхцчшщъьюяѝ",
    words:
      "не да се на е си ще ли какво и това за в ти аз да от с ми го съм но те как по сме той много са тук добре ме имам като може беше знам защо той тя със до няма",
    encodings: ["windows-1251", "iso-8859-5", "cp866", "cp855", "koi8-r", "maccyrillic"],
  },
  mk: {
    letters: "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
    words:
      "не да се на е си ќе ли што и тоа за во ти јас од со ми го сум но те како по сме тој многу се тука добро ме имам може беше знам зошто таа до нема",
    encodings: ["windows-1251", "iso-8859-5", "cp855"],
  },
  el: {
    letters: "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
    words:
      "να το είναι δεν και θα τι για με στο που του την μου η τον σου της ο από εδώ τα ναι μας αυτό όχι μια στην πρέπει ένα αν μπορώ έχω τους σε έχει καλά πως ήταν γιατί",
    encodings: ["windows-1253", "iso-8859-7", "cp737", "cp869", "macgreek"],
  },
  he: {
    letters: "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
    words:
      "את לא אני זה אתה של מה הוא על כן יש היא עם כל לי אם אבל רק אנחנו היה לך שלי טוב הם אז כמו זאת יותר איך או כאן אותו שלך גם למה עכשיו",
    encodings: ["windows-1255", "iso-8859-8", "cp862"],
  },
  ar: {
    letters: "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيًٌٍَُِّْـ",
    words:
      "من في أن لا ما هذا على أنا هل إلى لم كان لقد إنه هو لن نعم يا عن أنت ذلك كل مع هي لك لي نحن إن قد هنا كيف بعد شيء حسنا أو كنت ماذا ليس",
    encodings: ["windows-1256", "iso-8859-6", "cp720", "cp864"],
  },
  fa: {
    letters: "ءآأؤئابپتثجچحخدذرزژسشصضطظعغفقکكگلمنهوىيیة",
    words:
      "من به این که را تو از در یه ما اون با و برای چی نه می رو هم اگه کن باید خوب یک ها چرا نمی شما داره بود هست اینجا کنم كه اين مي",
    encodings: ["windows-1256"],
  },
  th: {
    letters: "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮะัาำิีึืุูเแโใไๅๆ็่้๊๋์ํ฿",
    words: "",
    encodings: ["windows-874"],
  },
  ja: { letters: "", words: "", encodings: ["shift_jis", "euc-jp"] },
  ko: { letters: "", words: "", encodings: ["cp949"] },
  "zh-Hans": { letters: "", words: "", encodings: ["gb18030", "big5-hkscs"] },
  "zh-Hant": { letters: "", words: "", encodings: ["big5-hkscs", "gb18030"] },
};

// Languages that share another's letters or that only their words tell apart from it.
const nearest: Record<string, string> = {
  nb: "no",
  nn: "no",
  af: "nl",
  bs: "hr",
  me: "hr",
  sh: "hr",
  mo: "ro",
  tt: "ru",
  kk: "ru",
  ckb: "fa",
  ur: "fa",
  yi: "he",
  iw: "he",
  id: "en",
  ms: "en",
  tl: "en",
  fil: "en",
  ga: "en",
  cy: "en",
  eo: "en",
};

/**
 * The profile by which a language is read.
 *
 * @param language BCP 47; its region tells simplified from traditional Chinese.
 */
export function profileOf(
  language: string | null | undefined,
): { key: string; profile: LanguageProfile } | null {
  if (!language) return null;
  const [base = "", ...rest] = language.toLowerCase().split("-");
  let key = nearest[base] ?? base;
  if (key === "zh" || key === "yue") {
    key = rest.some((part) => ["hant", "tw", "hk", "mo"].includes(part)) ? "zh-Hant" : "zh-Hans";
  }
  if (key === "sr" && rest.includes("latn")) key = "sr-Latn";
  const profile = languageProfiles[key];
  return profile ? { key, profile } : null;
}

/** The profiles that a language may be written by: Serbian is written in two alphabets. */
export function keysOf(key: string): readonly string[] {
  return key === "sr" || key === "sr-Latn" ? ["sr", "sr-Latn"] : [key];
}
