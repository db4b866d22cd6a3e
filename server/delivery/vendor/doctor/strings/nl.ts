import type { Strings } from './en.ts';

export const nl: Strings = {
  lead: 'Bekijkt de pagina met je knop zoals een browser dat doet, en zegt wat er niet zal werken en hoe je het oplost.',
  page: 'Adres van je pagina, of de origin',
  pageHint: 'De pagina wordt één keer opgehaald, zonder cookies. Er wordt niets van bewaard.',
  check: 'Controleer',
  notAnAddress: 'Vul het adres van een pagina in, zoals https://shop.example.com/sign-up.',
  healthy: 'Niets staat in de weg',
  toDo: 'Wat je moet oplossen',
  inOrder: 'In orde',
  checked: 'Gecontroleerd: {url}',
  addressOnly: 'De pagina zelf is niet gezien; gecontroleerd is wat uit het adres volgt: {url}',
  severities: { error: 'Probleem', warning: 'Let op', ok: 'In orde' },
  copyLabel: 'Wat daar moet staan',
  unseen:
    'Hoe een pagina er na het inloggen uitziet, wat scripts later toevoegen en wat een service worker verandert, is van hieruit niet te zien. Zet daarvoor tijdens het ontwikkelen het attribuut debug op de tag: dat doet dezelfde controles vanuit de pagina.',
  findings: {
    origin_registered: { title: 'De origin {origin} is geregistreerd.' },
    origin_not_registered: {
      title: 'De origin {origin} is niet geregistreerd.',
      remedy:
        'De pop-up weigert elke pagina ervan. Voeg hem toe aan de origins van deze omgeving, precies zoals hij hier staat.',
    },
    origin_nearly_registered: {
      title: 'De origin {origin} is niet geregistreerd, {near} wel.',
      remedy:
        'Voor een browser zijn dat twee origins: schema, hostnaam en poort tellen alle drie. Open de pagina op de geregistreerde, of voeg deze ook toe.',
    },
    insecure_page: {
      title: 'De pagina wordt via http aangeboden.',
      remedy:
        'De knop werkt alleen op https-pagina’s, behalve op localhost. Bied de pagina via https aan en registreer die origin.',
    },
    own_machine_in_production: {
      title: '{origin} is de eigen computer van een ontwikkelaar, en deze omgeving is productie.',
      remedy:
        'Productie neemt alleen openbare https-origins. Gebruik tijdens het ontwikkelen de client-ID van de omgeving localhost.',
    },
    app_disabled: {
      title: 'De app is uitgeschakeld.',
      remedy: 'Niemand kan zich aanmelden tot een eigenaar hem onder Instellingen weer inschakelt.',
    },
    unknown_client: {
      title: 'Geen enkele app heeft de client-ID {found}.',
      remedy:
        'Kopieer hem opnieuw uit de installatie van de omgeving. Een client-ID van een ander platform werkt hier niet.',
    },
    page_unreachable: {
      title: 'De pagina is niet bereikbaar ({reason}).',
      remedy:
        'Alleen wat uit het adres volgt is gecontroleerd. Klopt het adres en is de pagina open voor internet? Staat ze achter een login of firewall, zet dan het attribuut debug op de tag: dat controleert vanuit de pagina.',
    },
    page_not_public: {
      title: 'De pagina staat op je eigen computer of netwerk, en is van hieruit niet te zien.',
      remedy:
        'Alleen wat uit het adres volgt is gecontroleerd. Zet het attribuut debug op de tag: dat controleert vanuit de pagina.',
    },
    page_not_read: {
      title: 'De pagina kon haar eigen headers niet lezen ({reason}).',
      remedy:
        'Dat komt door een connect-src zonder ’self’, of doordat de pagina uit een formulier kwam. Wat van headers afhangt, is hier niet gecontroleerd.',
    },
    page_status: {
      title: 'De pagina antwoordde met status {status}.',
      remedy: 'Misschien is een foutpagina of inlogpagina gecontroleerd. Geef het adres van de pagina met de knop.',
    },
    page_redirects: {
      title: 'De pagina verwijst door van {from} naar {to}.',
      remedy:
        'De knop staat op de pagina waar mensen uitkomen: de origin daarvan moet geregistreerd zijn, en die is gecontroleerd.',
    },
    popup_linked: { title: 'De pop-up kan de pagina antwoorden (Cross-Origin-Opener-Policy: {policy}).' },
    popup_relayed: { title: 'Cross-Origin-Opener-Policy is {policy}; het antwoord komt via de redirect-URI {uri}.' },
    popup_cut_off: {
      title: 'Cross-Origin-Opener-Policy: {policy} snijdt de pop-up van de pagina af.',
      remedy:
        'Stuur in plaats daarvan same-origin-allow-popups. Heeft de pagina {policy} nodig, registreer dan een redirect-URI van deze origin en noem die in het attribuut redirect-uri: het antwoord komt dan langs die weg.',
    },
    popup_cut_off_attribute: {
      title: 'Cross-Origin-Opener-Policy: {policy} snijdt de pop-up af, en de tag noemt geen redirect-URI.',
      remedy: 'Je hebt {uri} geregistreerd. Zet die op de tag, dan komt het antwoord langs die weg.',
    },
    csp_allows: { title: 'De Content-Security-Policy laat de widget werken.' },
    csp_script_blocked: {
      title: 'De Content-Security-Policy blokkeert het script: {directive} laat {platform} niet toe.',
      remedy: 'Maak van de directive dit.',
    },
    csp_script_nonce: {
      title: 'De Content-Security-Policy wil een nonce: {directive} heeft er een, en het scriptelement niet.',
      remedy: 'Zet de nonce van het antwoord op het scriptelement; wat het laadt erft hem. Of laat het platform toe.',
    },
    csp_script_strict_dynamic: {
      title: 'De Content-Security-Policy heeft ’strict-dynamic’ in {directive}: {platform} toelaten heeft geen effect.',
      remedy:
        'Zet de nonce van het antwoord op het scriptelement, of voeg het element toe met een script dat hem heeft.',
    },
    csp_connect_blocked: {
      title:
        'De Content-Security-Policy houdt de widget van de sleutels van het platform: {directive} laat {platform} niet toe.',
      remedy: 'Credentials kunnen in de pagina niet worden gecontroleerd. Maak van de directive dit.',
    },
    csp_trusted_types: {
      title: 'De Content-Security-Policy laat de Trusted Types-policy lit-html niet toe.',
      remedy: 'De knop tekent zich ermee, en kan niet starten. Maak van de directive dit.',
    },
    csp_sandbox: {
      title: 'De Content-Security-Policy heeft sandbox zonder {missing}.',
      remedy: 'De pop-up kan niet open of niet werken. Maak van de directive dit, of haal hem weg.',
    },
    clock_agrees: { title: 'De klokken lopen gelijk (verschil: {seconds} s).' },
    clock_skew: {
      title: 'De klok van de server van de pagina loopt {seconds} seconden verkeerd.',
      remedy:
        'Een backend met die klok weigert goede credentials of neemt verlopen aan. Laat hem door NTP gelijkzetten.',
    },
    browser_clock_skew: {
      title: 'De klok van dit apparaat loopt {seconds} seconden verkeerd.',
      remedy: 'De pagina houdt goede credentials voor verlopen. Laat het apparaat zijn tijd van het netwerk halen.',
    },
    redirect_uri_registered: { title: 'De redirect-URI {uri} is geregistreerd.' },
    redirect_uri_not_registered: {
      title: 'De redirect-URI {uri} is niet geregistreerd.',
      remedy: 'Het platform weigert de aanvraag. Voeg hem toe aan deze omgeving, precies zoals hij hier staat.',
    },
    redirect_uri_nearly_registered: {
      title: 'De redirect-URI {uri} is niet geregistreerd, {near} wel.',
      remedy:
        'Ze worden teken voor teken vergeleken, ook de schuine streep aan het eind en hoofdletters. Maak de twee gelijk.',
    },
    redirect_uri_other_origin: {
      title: 'De redirect-URI {uri} hoort niet bij de origin {origin} van de pagina.',
      remedy: 'Hij staat voor de pagina, dus schema, host en poort moeten dezelfde zijn.',
    },
    redirect_uri_unreachable: {
      title: 'De pagina op de redirect-URI {uri} is niet bereikbaar ({reason}).',
      remedy: 'Daar komen antwoorden aan. Zet een pagina op dat adres.',
    },
    redirect_uri_without_script: {
      title: 'De pagina op de redirect-URI {uri} lijkt het script niet te laden.',
      remedy: 'Het script brengt het antwoord vandaar naar de knop. Zet het op die pagina; meer is niet nodig.',
    },
    tag_found: { title: 'De tag en het script staan goed op de pagina.' },
    tag_missing: {
      title: 'De pagina zoals ze verstuurd wordt heeft geen <signup-with-platform>.',
      remedy:
        'Misschien voegt een script hem later toe; dat is hier niet te zien. Zet anders deze regels op de pagina.',
    },
    client_id_missing: { title: 'De tag heeft geen client-id.', remedy: 'Zet die erop.' },
    client_id_other: {
      title: 'De tag heeft een andere client-ID: {found}.',
      remedy: 'Deze omgeving heeft {expected}. Elke omgeving van elke app heeft een eigen.',
    },
    client_id_other_environment: {
      title: 'De tag heeft de client-ID van een andere omgeving van deze app: {environment}.',
      remedy: 'Gebruik de client-ID van deze omgeving, of laat de pagina in die andere controleren.',
    },
    script_missing: {
      title: 'De pagina laadt het script niet van {platform}.',
      remedy:
        'Zit het in een bundel van jezelf, noem het platform dan in het attribuut platform. Zet anders dit op de pagina.',
    },
    script_other_origin: {
      title: 'Het script komt van elders: {src}.',
      remedy:
        'De knop opent het platform waar het script vandaan komt. Laad het van {platform}, of noem dat in het attribuut platform.',
    },
    platform_other: {
      title: 'Het attribuut platform noemt een ander platform: {found}.',
      remedy: 'Deze app is geregistreerd bij {platform}.',
    },
    script_not_module: {
      title: 'Het scriptelement is geen module: {src}.',
      remedy: 'Een browser voert het script alleen uit met type="module".',
    },
    scripts_differ: {
      title: 'De pagina laadt het script twee keer, van {first} en {second}.',
      remedy: 'De eerste wint, en dat kan elk van de twee zijn. Houd er één.',
    },
    platform_unreachable: {
      title: 'Het platform {platform} is niet bereikbaar ({reason}).',
      remedy:
        'Klopt het adres en draait het platform? Ook een connect-src zonder het platform houdt de pagina ervan af.',
    },
  },
};
