import type { Strings } from './en.ts';

export const es: Strings = {
  lead: 'Mira la página de su botón como lo haría un navegador, y dice qué no funcionará en ella y cómo arreglarlo.',
  page: 'Dirección de su página, o su origen',
  pageHint: 'La página se pide una vez, sin cookies. No se guarda nada de ella.',
  check: 'Comprobar',
  notAnAddress: 'Escriba la dirección de una página, como https://shop.example.com/sign-up.',
  healthy: 'Nada lo impide',
  toDo: 'Lo que hay que arreglar',
  inOrder: 'En orden',
  checked: 'Comprobado: {url}',
  addressOnly: 'La página en sí no se ha visto; se ha comprobado lo que se deduce de su dirección: {url}',
  severities: { error: 'Problema', warning: 'Atención', ok: 'En orden' },
  copyLabel: 'Lo que debe poner',
  unseen:
    'Cómo es una página tras iniciar sesión, qué añaden después sus scripts y qué cambia un service worker no se ve desde aquí. Para eso, ponga el atributo debug en la etiqueta mientras desarrolla: hace las mismas comprobaciones desde la página.',
  findings: {
    origin_registered: { title: 'El origen {origin} está registrado.' },
    origin_not_registered: {
      title: 'El origen {origin} no está registrado.',
      remedy:
        'La ventana rechaza todas sus páginas. Añádalo a los orígenes de este entorno, exactamente como está escrito aquí.',
    },
    origin_nearly_registered: {
      title: 'El origen {origin} no está registrado, aunque {near} sí.',
      remedy:
        'Para un navegador son dos orígenes: cuentan el esquema, el nombre de host y el puerto. Abra la página en el registrado, o añada también este.',
    },
    insecure_page: {
      title: 'La página se sirve por http.',
      remedy:
        'El botón solo funciona en páginas https, salvo en localhost. Sirva la página por https y registre ese origen.',
    },
    own_machine_in_production: {
      title: '{origin} es el equipo de un desarrollador, y este entorno es producción.',
      remedy:
        'Producción solo admite orígenes https públicos. Mientras desarrolla, use el ID de cliente del entorno Localhost.',
    },
    app_disabled: {
      title: 'La aplicación está desactivada.',
      remedy: 'Nadie puede registrarse hasta que un propietario la active de nuevo en los ajustes.',
    },
    unknown_client: {
      title: 'Ninguna aplicación tiene el ID de cliente {found}.',
      remedy: 'Cópielo de nuevo de la instalación del entorno. Un ID de cliente de otra plataforma no funciona aquí.',
    },
    page_unreachable: {
      title: 'No se pudo acceder a la página ({reason}).',
      remedy:
        'Solo se ha comprobado lo que se deduce de su dirección. ¿Es correcta la dirección, y está la página abierta a internet? Si está tras un inicio de sesión o un cortafuegos, ponga el atributo debug en la etiqueta: comprueba desde la página.',
    },
    page_not_public: {
      title: 'La página está en su propio equipo o red, que no se ve desde aquí.',
      remedy:
        'Solo se ha comprobado lo que se deduce de su dirección. Ponga el atributo debug en la etiqueta: comprueba desde la página.',
    },
    page_not_read: {
      title: 'La página no pudo leer sus propias cabeceras ({reason}).',
      remedy:
        'Se debe a un connect-src sin ’self’ o a una página que vino de un formulario. Lo que depende de las cabeceras no se ha comprobado aquí.',
    },
    page_status: {
      title: 'La página respondió con el estado {status}.',
      remedy:
        'Puede que se haya comprobado una página de error o de inicio de sesión. Dé la dirección de la página que tiene el botón.',
    },
    page_redirects: {
      title: 'La página redirige de {from} a {to}.',
      remedy:
        'El botón está en la página a la que se llega: es su origen el que debe estar registrado, y el que se ha comprobado.',
    },
    popup_linked: { title: 'La ventana puede responder a la página (Cross-Origin-Opener-Policy: {policy}).' },
    popup_relayed: {
      title: 'Cross-Origin-Opener-Policy es {policy}; la respuesta llega por la URI de redirección {uri}.',
    },
    popup_cut_off: {
      title: 'Cross-Origin-Opener-Policy: {policy} separa la ventana de la página.',
      remedy:
        'Envíe same-origin-allow-popups en su lugar. Si la página necesita {policy}, registre una URI de redirección de este origen y nómbrela en el atributo redirect-uri: la respuesta llegará por ahí.',
    },
    popup_cut_off_attribute: {
      title:
        'Cross-Origin-Opener-Policy: {policy} separa la ventana, y la etiqueta no nombra ninguna URI de redirección.',
      remedy: 'Ha registrado {uri}. Póngala en la etiqueta, y la respuesta llegará por ahí.',
    },
    csp_allows: { title: 'La Content-Security-Policy deja funcionar al widget.' },
    csp_script_blocked: {
      title: 'La Content-Security-Policy bloquea el script: {directive} no permite {platform}.',
      remedy: 'La directiva debe quedar así.',
    },
    csp_script_nonce: {
      title: 'La Content-Security-Policy exige un nonce: {directive} lo tiene, y el elemento script no.',
      remedy: 'Ponga el nonce de la respuesta en el elemento script; lo que carga lo hereda. O permita la plataforma.',
    },
    csp_script_strict_dynamic: {
      title: 'La Content-Security-Policy tiene ’strict-dynamic’ en {directive}: permitir {platform} no tiene efecto.',
      remedy: 'Ponga el nonce de la respuesta en el elemento script, o añada el elemento con un script que lo tenga.',
    },
    csp_connect_blocked: {
      title:
        'La Content-Security-Policy impide al widget obtener las claves de la plataforma: {directive} no permite {platform}.',
      remedy: 'Las credenciales no se pueden comprobar en la página. La directiva debe quedar así.',
    },
    csp_trusted_types: {
      title: 'La Content-Security-Policy no permite la política de Trusted Types lit-html.',
      remedy: 'El botón se dibuja con ella y no puede arrancar. La directiva debe quedar así.',
    },
    csp_sandbox: {
      title: 'La Content-Security-Policy tiene sandbox sin {missing}.',
      remedy: 'La ventana no puede abrirse o no puede funcionar. La directiva debe quedar así; o quítela.',
    },
    clock_agrees: { title: 'Los relojes coinciden (diferencia: {seconds} s).' },
    clock_skew: {
      title: 'El reloj del servidor de la página se desvía {seconds} segundos.',
      remedy: 'Un backend con ese reloj rechaza credenciales buenas o acepta caducadas. Haga que lo ajuste NTP.',
    },
    browser_clock_skew: {
      title: 'El reloj de este dispositivo se desvía {seconds} segundos.',
      remedy: 'La página toma por caducadas credenciales buenas. Haga que el dispositivo tome la hora de la red.',
    },
    redirect_uri_registered: { title: 'La URI de redirección {uri} está registrada.' },
    redirect_uri_not_registered: {
      title: 'La URI de redirección {uri} no está registrada.',
      remedy: 'La plataforma rechaza la solicitud. Añádala a este entorno, exactamente como está escrita aquí.',
    },
    redirect_uri_nearly_registered: {
      title: 'La URI de redirección {uri} no está registrada, aunque {near} sí.',
      remedy:
        'Se comparan carácter por carácter, incluidas la barra final y las mayúsculas. Haga que las dos sean iguales.',
    },
    redirect_uri_other_origin: {
      title: 'La URI de redirección {uri} no es del origen {origin} de la página.',
      remedy: 'Representa a la página, así que el esquema, el host y el puerto deben ser los mismos.',
    },
    redirect_uri_unreachable: {
      title: 'No se pudo acceder a la página de la URI de redirección {uri} ({reason}).',
      remedy: 'Allí llegan las respuestas. Sirva una página en esa dirección.',
    },
    redirect_uri_without_script: {
      title: 'La página de la URI de redirección {uri} no parece cargar el script.',
      remedy: 'El script lleva la respuesta desde allí hasta el botón. Póngalo en esa página; no hace falta nada más.',
    },
    tag_found: { title: 'La etiqueta y su script están en la página como deben.' },
    tag_missing: {
      title: 'La página, tal como se envía, no tiene <signup-with-platform>.',
      remedy:
        'Puede que un script la añada después, lo que no se ve desde aquí. Si no, ponga estas líneas en la página.',
    },
    client_id_missing: { title: 'La etiqueta no tiene client-id.', remedy: 'Póngalo.' },
    client_id_other: {
      title: 'La etiqueta tiene otro ID de cliente: {found}.',
      remedy: 'Este entorno tiene {expected}. Cada entorno de cada aplicación tiene el suyo.',
    },
    client_id_other_environment: {
      title: 'La etiqueta tiene el ID de cliente de otro entorno de esta aplicación: {environment}.',
      remedy: 'Use el ID de cliente de este entorno, o haga comprobar la página en el otro.',
    },
    script_missing: {
      title: 'La página no carga el script de {platform}.',
      remedy:
        'Si viene en un paquete suyo, nombre la plataforma en el atributo platform. Si no, ponga esto en la página.',
    },
    script_other_origin: {
      title: 'El script viene de otro lugar: {src}.',
      remedy:
        'El botón abre la plataforma de la que vino su script. Cárguelo de {platform}, o nómbrela en el atributo platform.',
    },
    platform_other: {
      title: 'El atributo platform nombra otra plataforma: {found}.',
      remedy: 'Esta aplicación está registrada en {platform}.',
    },
    script_not_module: {
      title: 'El elemento script no es un módulo: {src}.',
      remedy: 'Un navegador solo ejecuta el script con type="module".',
    },
    scripts_differ: {
      title: 'La página carga el script dos veces, de {first} y de {second}.',
      remedy: 'Gana el primero, que puede ser cualquiera de los dos. Deje uno.',
    },
    platform_unreachable: {
      title: 'No se pudo acceder a la plataforma {platform} ({reason}).',
      remedy:
        '¿Es correcta la dirección y está en marcha la plataforma? Un connect-src sin ella también aparta de ella a la página.',
    },
  },
};
