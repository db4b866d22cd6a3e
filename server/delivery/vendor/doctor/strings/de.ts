import type { Strings } from './en.ts';

export const de: Strings = {
  lead: 'Sieht sich die Seite mit Ihrer Schaltfläche so an, wie ein Browser es tut, und sagt, was dort nicht funktionieren wird und wie Sie es beheben.',
  page: 'Adresse Ihrer Seite oder deren Origin',
  pageHint: 'Die Seite wird einmal abgerufen, ohne Cookies. Nichts davon wird gespeichert.',
  check: 'Prüfen',
  notAnAddress: 'Geben Sie die Adresse einer Seite an, etwa https://shop.example.com/sign-up.',
  healthy: 'Nichts steht im Weg',
  toDo: 'Was zu beheben ist',
  inOrder: 'In Ordnung',
  checked: 'Geprüft: {url}',
  addressOnly: 'Die Seite selbst war nicht zu sehen; geprüft wurde, was aus der Adresse folgt: {url}',
  severities: { error: 'Problem', warning: 'Hinweis', ok: 'In Ordnung' },
  copyLabel: 'Was dort stehen soll',
  unseen:
    'Wie eine Seite nach der Anmeldung aussieht, was ihre Skripte später hinzufügen und was ein Service Worker ändert, ist von hier aus nicht zu sehen. Setzen Sie dafür beim Entwickeln das Attribut debug auf das Tag: Es prüft dasselbe aus der Seite heraus.',
  findings: {
    origin_registered: { title: 'Die Origin {origin} ist registriert.' },
    origin_not_registered: {
      title: 'Die Origin {origin} ist nicht registriert.',
      remedy:
        'Das Popup weist jede Seite davon ab. Fügen Sie sie den Origins dieser Umgebung hinzu, genau wie sie hier steht.',
    },
    origin_nearly_registered: {
      title: 'Die Origin {origin} ist nicht registriert, wohl aber {near}.',
      remedy:
        'Für einen Browser sind das zwei Origins: Schema, Hostname und Port zählen alle. Öffnen Sie die Seite unter der registrierten, oder fügen Sie diese hinzu.',
    },
    insecure_page: {
      title: 'Die Seite wird über http ausgeliefert.',
      remedy:
        'Die Schaltfläche funktioniert nur auf https-Seiten, außer auf localhost. Liefern Sie die Seite über https aus und registrieren Sie diese Origin.',
    },
    own_machine_in_production: {
      title: '{origin} ist der eigene Rechner eines Entwicklers, und diese Umgebung ist Produktion.',
      remedy:
        'Produktion nimmt nur öffentliche https-Origins an. Verwenden Sie beim Entwickeln die Client-ID der Umgebung Localhost.',
    },
    app_disabled: {
      title: 'Die App ist abgeschaltet.',
      remedy: 'Niemand kann sich registrieren, bis ein Eigentümer sie in den Einstellungen wieder einschaltet.',
    },
    unknown_client: {
      title: 'Keine App hat die Client-ID {found}.',
      remedy:
        'Kopieren Sie sie erneut aus der Einrichtung der Umgebung. Die Client-ID einer anderen Plattform funktioniert hier nicht.',
    },
    page_unreachable: {
      title: 'Die Seite war nicht erreichbar ({reason}).',
      remedy:
        'Geprüft wurde nur, was aus der Adresse folgt. Stimmt die Adresse, und ist die Seite aus dem Internet erreichbar? Liegt sie hinter einer Anmeldung oder Firewall, setzen Sie das Attribut debug auf das Tag: Es prüft aus der Seite heraus.',
    },
    page_not_public: {
      title: 'Die Seite liegt auf Ihrem eigenen Rechner oder Netz und ist von hier aus nicht zu sehen.',
      remedy:
        'Geprüft wurde nur, was aus der Adresse folgt. Setzen Sie das Attribut debug auf das Tag: Es prüft aus der Seite heraus.',
    },
    page_not_read: {
      title: 'Die Seite konnte ihre eigenen Header nicht lesen ({reason}).',
      remedy:
        'Das liegt an einem connect-src ohne ’self’ oder daran, dass die Seite aus einem Formular kam. Was von Headern abhängt, wurde hier nicht geprüft.',
    },
    page_status: {
      title: 'Die Seite antwortete mit Status {status}.',
      remedy:
        'Geprüft wurde womöglich eine Fehler- oder Anmeldeseite. Geben Sie die Adresse der Seite mit der Schaltfläche an.',
    },
    page_redirects: {
      title: 'Die Seite leitet von {from} nach {to} weiter.',
      remedy:
        'Die Schaltfläche steht auf der Seite, auf der man landet: Deren Origin muss registriert sein, und sie wurde geprüft.',
    },
    popup_linked: { title: 'Das Popup kann der Seite antworten (Cross-Origin-Opener-Policy: {policy}).' },
    popup_relayed: { title: 'Cross-Origin-Opener-Policy ist {policy}; die Antwort kommt über die Redirect-URI {uri}.' },
    popup_cut_off: {
      title: 'Cross-Origin-Opener-Policy: {policy} trennt das Popup von der Seite.',
      remedy:
        'Senden Sie stattdessen same-origin-allow-popups. Braucht die Seite {policy}, registrieren Sie eine Redirect-URI dieser Origin und nennen Sie sie im Attribut redirect-uri: Dann kommt die Antwort auf diesem Weg.',
    },
    popup_cut_off_attribute: {
      title: 'Cross-Origin-Opener-Policy: {policy} trennt das Popup ab, und das Tag nennt keine Redirect-URI.',
      remedy: 'Sie haben {uri} registriert. Setzen Sie sie auf das Tag, dann kommt die Antwort auf diesem Weg.',
    },
    csp_allows: { title: 'Die Content-Security-Policy lässt das Widget arbeiten.' },
    csp_script_blocked: {
      title: 'Die Content-Security-Policy blockiert das Skript: {directive} erlaubt {platform} nicht.',
      remedy: 'So sollte die Direktive lauten.',
    },
    csp_script_nonce: {
      title: 'Die Content-Security-Policy verlangt eine Nonce: {directive} hat eine, das Skriptelement nicht.',
      remedy:
        'Setzen Sie die Nonce der Antwort auf das Skriptelement; was es lädt, erbt sie. Oder erlauben Sie die Plattform.',
    },
    csp_script_strict_dynamic: {
      title: 'Die Content-Security-Policy hat ’strict-dynamic’ in {directive}: {platform} zu erlauben bewirkt nichts.',
      remedy:
        'Setzen Sie die Nonce der Antwort auf das Skriptelement, oder fügen Sie es durch ein Skript ein, das sie hat.',
    },
    csp_connect_blocked: {
      title:
        'Die Content-Security-Policy hält das Widget von den Schlüsseln der Plattform fern: {directive} erlaubt {platform} nicht.',
      remedy: 'Credentials können in der Seite nicht geprüft werden. So sollte die Direktive lauten.',
    },
    csp_trusted_types: {
      title: 'Die Content-Security-Policy erlaubt die Trusted-Types-Richtlinie lit-html nicht.',
      remedy: 'Die Schaltfläche zeichnet damit und kann nicht starten. So sollte die Direktive lauten.',
    },
    csp_sandbox: {
      title: 'Die Content-Security-Policy hat sandbox ohne {missing}.',
      remedy:
        'Das Popup kann sich nicht öffnen oder nicht arbeiten. So sollte die Direktive lauten, oder entfernen Sie sie.',
    },
    clock_agrees: { title: 'Die Uhren stimmen überein (Unterschied: {seconds} s).' },
    clock_skew: {
      title: 'Die Uhr des Servers der Seite geht um {seconds} Sekunden falsch.',
      remedy:
        'Ein Backend mit dieser Uhr weist gültige Credentials ab oder nimmt abgelaufene an. Lassen Sie sie per NTP stellen.',
    },
    browser_clock_skew: {
      title: 'Die Uhr dieses Geräts geht um {seconds} Sekunden falsch.',
      remedy:
        'Die Seite hält gültige Credentials für abgelaufen. Lassen Sie das Gerät die Uhrzeit aus dem Netz beziehen.',
    },
    redirect_uri_registered: { title: 'Die Redirect-URI {uri} ist registriert.' },
    redirect_uri_not_registered: {
      title: 'Die Redirect-URI {uri} ist nicht registriert.',
      remedy: 'Die Plattform weist die Anfrage ab. Fügen Sie sie dieser Umgebung hinzu, genau wie sie hier steht.',
    },
    redirect_uri_nearly_registered: {
      title: 'Die Redirect-URI {uri} ist nicht registriert, wohl aber {near}.',
      remedy:
        'Sie werden Zeichen für Zeichen verglichen, auch der Schrägstrich am Ende und die Großschreibung. Gleichen Sie die beiden an.',
    },
    redirect_uri_other_origin: {
      title: 'Die Redirect-URI {uri} gehört nicht zur Origin {origin} der Seite.',
      remedy: 'Sie steht für die Seite; Schema, Host und Port müssen daher dieselben sein.',
    },
    redirect_uri_unreachable: {
      title: 'Die Seite unter der Redirect-URI {uri} war nicht erreichbar ({reason}).',
      remedy: 'Dort kommen Antworten an. Stellen Sie unter dieser Adresse eine Seite bereit.',
    },
    redirect_uri_without_script: {
      title: 'Die Seite unter der Redirect-URI {uri} scheint das Skript nicht zu laden.',
      remedy:
        'Das Skript bringt die Antwort von dort zur Schaltfläche. Setzen Sie es auf diese Seite; mehr ist nicht nötig.',
    },
    tag_found: { title: 'Das Tag und sein Skript stehen richtig auf der Seite.' },
    tag_missing: {
      title: 'Die Seite enthält, so wie sie gesendet wird, kein <signup-with-platform>.',
      remedy:
        'Vielleicht fügt ein Skript es später ein; das ist hier nicht zu sehen. Setzen Sie andernfalls diese Zeilen auf die Seite.',
    },
    client_id_missing: { title: 'Das Tag hat keine client-id.', remedy: 'Ergänzen Sie sie.' },
    client_id_other: {
      title: 'Das Tag hat eine andere Client-ID: {found}.',
      remedy: 'Diese Umgebung hat {expected}. Jede Umgebung jeder App hat ihre eigene.',
    },
    client_id_other_environment: {
      title: 'Das Tag hat die Client-ID einer anderen Umgebung dieser App: {environment}.',
      remedy: 'Verwenden Sie die Client-ID dieser Umgebung, oder lassen Sie die Seite in der anderen prüfen.',
    },
    script_missing: {
      title: 'Die Seite lädt das Skript nicht von {platform}.',
      remedy:
        'Steckt es in einem eigenen Bundle, nennen Sie die Plattform im Attribut platform. Setzen Sie andernfalls dies auf die Seite.',
    },
    script_other_origin: {
      title: 'Das Skript kommt von anderswo: {src}.',
      remedy:
        'Die Schaltfläche öffnet die Plattform, von der ihr Skript kam. Laden Sie es von {platform}, oder nennen Sie diese im Attribut platform.',
    },
    platform_other: {
      title: 'Das Attribut platform nennt eine andere Plattform: {found}.',
      remedy: 'Diese App ist bei {platform} registriert.',
    },
    script_not_module: {
      title: 'Das Skriptelement ist kein Modul: {src}.',
      remedy: 'Ein Browser führt das Skript nur mit type="module" aus.',
    },
    scripts_differ: {
      title: 'Die Seite lädt das Skript zweimal, von {first} und {second}.',
      remedy: 'Das erste gewinnt, und das kann jedes der beiden sein. Behalten Sie eines.',
    },
    platform_unreachable: {
      title: 'Die Plattform {platform} war nicht erreichbar ({reason}).',
      remedy: 'Stimmt die Adresse, und läuft die Plattform? Auch ein connect-src ohne sie hält die Seite von ihr fern.',
    },
  },
};
