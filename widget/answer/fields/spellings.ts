// What fields are called in eleven languages; in English, the fields say it themselves. Loaded where a page needs it (learn-spellings.ts).

/** Names that are no person's. */
const not = either(
  /\b(firma|firmenname|empresa|entreprise|societe|ragione|azienda|bedrijf|bedrijfsnaam|sirket)\b/,
  /\b(gebruikersnaam|benutzername)\b|会社|カナ|かな|がな|شركة|المستخدم|חברה|משתמש/,
);

const birth = /\b(naissance|nascita|nacimiento|nascimento|urodzenia|geboorte\p{L}*|geburt\p{L}*|dogum)\b/u;
/** "Nom de l'école", "Name des Unternehmens": the name of a thing. */
const nameOf = /\b(naam|name|nom|nome|nombre) (van|de[lsr]?|della|du|do|da|d)\b/;

const CODE = '\\b(plz|postleitzahl|postcode|code postal|codigo postal|cap|c ?p)\\b';
const TOWN =
  '\\b(ort|wohnort|stadt|plaats|woonplaats|ville|commune|citta|comune|localita|ciudad|poblacion|localidad)\\b';

/** Several expressions as one. */
function either(...all: readonly RegExp[]): RegExp {
  return new RegExp(all.map(({ source }) => source).join('|'), 'u');
}

/** By autofill field. The expressions are read as those of {@link Autofill}. */
export const spellings: Readonly<
  Record<string, { readonly words?: RegExp; readonly vague?: RegExp; readonly not?: RegExp }>
> = {
  never: {
    words:
      /\b(passwort|vriend\w*|freund\w*|amis?|parrain\w*|amic[oi]|amigos?|padrino|znajom\w*|arkadas\w*)\b|検索|パスワード/,
  },
  /** A second control for the same. */
  again: {
    words:
      /\b(wiederhol\w*|bestatig\w*|herhaal|bevestig\w*|repet\w+|repit\w+|conferma|ripeti|powtorz|tekrar)\b|確認|تأكيد|אימות/,
  },
  billing: { words: /\b(rechnung\w*|factu\w+|fattur\w*)\b/ },
  shipping: { words: /\b(liefer\w*|versand\w*|livraison|envio|spedizione|bezorg\w*|verzend\w*)\b/ },
  email: {
    words: either(
      /courriel|\bcorreo\b|\beposta|\be posta\b|posta elettronica|poczt[ay] elektroniczn|メール/,
      /البريد ال[اإ]لكتروني|بريد الكتروني|אימייל|דוא/,
    ),
  },
  'tel-country-code': {
    words: either(
      /\btelefon ?(country)? ?(code|prefix)|landen(nummer|code)|\blandnummer\b|lander ?vorwahl|\bindicatif/,
      /\bprefijo|\bprefisso|\bddi\b|numer kierunkowy|ulke kodu|国番号|مفتاح الدولة|رمز الدولة|קידומת/,
    ),
  },
  tel: {
    words: either(
      /telefo+n|\bmobiel|\bmovil|\bcellulare|\bcelular|\bhandy|\bgsm\b|\bportable\b|\bkomork|電話|携帯|هاتف/,
      /\bmobil(nummer|nr|telefon)?\b|الجوال|موبايل|טלפון|נייד/,
    ),
  },
  'tel-area-code': { words: /\bvorwahl|\bnetnummer|\bddd\b/ },
  'bday-month': {
    words: /\b(birth\w*|bday|dob|geb\w*|naissance|nacimiento|nascita|nascimento) (month|monat|maand|mois|mes|mese)\b/,
  },
  'bday-year': {
    words: /\b(birth\w*|bday|dob|geb\w*|naissance|nacimiento|nascita|nascimento) (year|jahr|jaar|annee|ano|anno)\b/,
  },
  bday: {
    words: either(
      /\b(geboortedatum|geburtsdatum|geburtstag|date de naissance|fecha de nacimiento)\b/,
      /\b(data di nascita|data de nascimento|data urodzenia|dogum tarihi)\b|生年月日|تاريخ الميلاد|תאריך לידה/,
    ),
  },
  'postal-code-and-town': {
    vague: either(new RegExp(`${CODE}( \\p{L}{1,3})? ${TOWN}`, 'u'), new RegExp(`${TOWN}( \\p{L}{1,3})? ${CODE}`, 'u')),
    not: /\b(straat|strasse|rue|via|calle|rua|ulica|sokak|adres|adresse|anschrift|direccion|indirizzo|endereco|provincia)\b/,
  },
  'postal-code': {
    words: either(
      /\b(post ?kode|plz|cep)\b|^(billing |shipping )?(cap|c ?p)$|\bpostleitzahl|\bcode postal|\bcodigo postal/,
      /\bcodice (di avviamento )?postale|\bcodpos|\bkod pocztowy|\bposta kodu|郵便|الرمز البريدي|מיקוד/,
    ),
  },
  'country-name': {
    not: birth,
    words: either(
      /^((billing|shipping|rechnung|liefer)\w* )?land( (oder |of )?regio\w*)?$|\bpays\b|\bpais\b|\bpaese\b/,
      /\bnazione\b|\bkraj\b|\bulke\b|(^| )国( |$|名)|国または地域|الدولة|البلد|ארץ|מדינה/,
    ),
  },
  'address-level1': {
    not: either(birth, /\bestado civil\b/),
    words: either(
      /\b(provincie|provincia|bundesland|kanton|departement|comunidad autonoma|regione|estado|uf)\b/,
      /\b(wojewodztwo|eyalet)\b|^(billing |shipping )?il$|都道府県|المحافظة|المنطقة|الولاية|מחוז/,
    ),
  },
  'address-level2': {
    not: birth,
    words: either(
      /\b(plaats|woonplaats|stad|gemeente|ort|wohnort|stadt|ville|commune|localite|ciudad)\b/,
      /\b(localidad|poblacion|municipio|citta|comune|localita|cidade|miasto|miejscowosc|sehir|ilce)\b|市区町村|市町村/,
      /المدينة|עיר|יישוב/,
    ),
  },
  'house-number-addition': {
    words: either(
      /\btoev(oeging)?\b|\bhuisnummer ?toevoeging/,
      /\b(house|huis) ?(number|nummer|nr|no) ?(addition|add|ext|extension|suffix|toevoeging)|\bbus\b/,
      /\bbusnummer|\bhausnummer ?zusatz/,
    ),
  },
  'house-number': {
    not: /\b(street|straat|strasse|rue|via|calle|rua|ulica|sokak)\b.{0,20}\b(and|en|und|et|y|e|i|ve|nr|numero|house|huis|haus)/,
    words: either(
      /\b(house|home|street|building|huis|haus|straat|strassen) ?(number|num|nummer|nr|no)\b|\bhuisnr\b/,
      /\bnumero (civico|de (la )?(rue|voie|calle|casa))|\bcivico\b|^(numero|nummer|numer)$|\bnumer domu/,
      /\bnr domu|\bbina no|\bkapi no|\bexterior\b|رقم (المنزل|المبنى)|מספר בית/,
    ),
  },
  'address-line3': { words: /\b(adresse|adres|indirizzo|direccion|endereco) ?(line)? ?3\b|住所3/ },
  'address-line2': {
    words: either(
      /\b(adresse|adres|indirizzo|direccion|endereco|strasse) ?(line)? ?(2|two)\b/,
      /\b(etage|appartement|wohnung|apartamento|departamento|complement|complemento|adresszusatz)\b/,
      /\b(interno|piso|puerta|lokal|mieszkanie|daire)\b|\bcomplement d|\badres ?aanvulling|住所2|建物|شقة|דירה/,
    ),
  },
  'address-line1': { words: /\b(adresse|adres|indirizzo|direccion|endereco|strasse) ?(line)? ?(1|one)\b|住所1/ },
  'street-address': {
    not: /\b(firma|entreprise|societe|empresa|azienda|bedrijf)/,
    words:
      /\b(straat|straatnaam|strasse|strassenname|rue|voie|calle|domicilio|via|rua|logradouro|ulica|sokak|cadde)\b|番地|الشارع|רחוב/,
    vague: /\b(adres|adresse|anschrift|direccion|indirizzo|endereco|morada)\b|住所|العنوان|כתובת/,
  },
  name: {
    not: either(not, birth, nameOf),
    words: either(
      /\b(volledige|hele) naam|voor en achternaam|vollstandiger name|vor und (nach|zu)name|\bnom complet/,
      /\bnom et prenom|\bprenom et nom|\bnombre (completo|y apellido)|\bnome (completo|e (cog|sobre)nome)/,
      /imie i nazwisko|\badi? (ve )?soyad|氏名|姓名|שם מלא|שם פרטי ומשפחה|الاسم (ال)?(كامل|بالكامل|الثلاثي)/,
      /الاسم واللقب/,
    ),
    vague: /\b(naam|nom|nome|nombre|isim|adi?)\b|名前|الاسم|שם/,
  },
  'given-name': {
    not,
    words: either(
      /\bvor ?name|\b(voor|roep)naam|\bprenom|\bnombre de pila|\bprimer nombre|\bprimeiro nome|\bimie\b|שם פרטי/,
      /الاسم ال[اأ]ول|(^| )名( |$)/,
    ),
  },
  'family-name': {
    not,
    words: either(
      /\b(nach|familien|zu) ?name|\b(achter|familie)naam|\bnom de famille|\bapellido|\bcognome|\bsobrenome/,
      /\bapelido|\bnazwisko|\bsoy ?(ad|isim)|שם משפחה|اسم العائلة|اللقب|姓/,
    ),
  },
  language: { words: /\b(taal|sprache|langue|idioma|lingua|jezyk|dil)\b|言語|لغة|שפה/ },
};
