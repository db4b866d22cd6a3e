import type { Strings } from './en.ts';

export const es: Strings = {
  common: {
    cancel: 'Cancelar',
    closeWindow: 'Cerrar la ventana',
    closeByHand: 'Su navegador mantiene esta ventana abierta. Puede cerrarla usted.',
    sandbox: 'Entorno de pruebas: personas ficticias, nada es real',
    nothingYet: 'No se comparte nada sin su consentimiento.',
    continuingTo: 'Va a continuar en',
    opensNewWindow: '(se abre en una ventana nueva)',
    checkFields: 'Hay respuestas que debe revisar. Están marcadas abajo.',
    tooManyAttempts: 'Demasiados intentos. Vuelva a intentarlo dentro de {duration}.',
    tooManyAttemptsLater: 'Demasiados intentos. Espere un momento y vuelva a intentarlo.',
  },
  password: {
    label: 'Contraseña',
    show: 'Mostrar',
    hide: 'Ocultar',
    shown: 'Ahora los caracteres son visibles',
    hidden: 'Ahora los caracteres están ocultos',
  },
  signIn: {
    title: 'Iniciar sesión',
    email: 'Correo electrónico',
    submit: 'Iniciar sesión',
    newHere: '¿Es su primera vez en {platform}?',
    createAccount: 'Crear una cuenta',
    personas: 'Continuar como persona de prueba',
    or: 'o',
    errors: {
      invalid_credentials: 'El correo electrónico y la contraseña no coinciden. Compruébelos y vuelva a intentarlo.',
      account_blocked: 'No puede iniciar sesión con esta cuenta. Pida ayuda a {platform}.',
    },
  },
  personaTraits: {
    newcomer: 'Es nueva y solo tiene un correo electrónico',
    returning: 'Ya ha compartido datos con su tienda',
    complete: 'Tiene todos los datos completos',
    long_name: 'Tiene un nombre muy largo',
    right_to_left: 'Escribe de derecha a izquierda',
    unverified_email: 'No ha confirmado su correo electrónico',
    declines: 'Dice que no: su página recibe access_denied',
    blocked: 'Tiene una cuenta bloqueada',
  },
  signUp: {
    title: 'Cree su cuenta',
    heading: 'Cree su cuenta de {platform}',
    firstName: 'Nombre',
    lastName: 'Apellidos',
    submit: 'Crear cuenta',
    haveAccount: '¿Ya tiene una cuenta?',
    signInInstead: 'Inicie sesión',
    passwordHint: 'Al menos {count} caracteres. Unas cuantas palabras sin relación entre sí funcionan bien.',
    strength: 'Seguridad: {level}',
    strengthLevels: {
      tooShort: 'demasiado corta',
      weak: 'fácil de adivinar',
      fair: 'se puede mejorar',
      good: 'buena',
      strong: 'muy buena',
    },
  },
  errors: {
    required: 'Rellene este campo.',
    valid_email: 'Introduzca un correo electrónico, por ejemplo nombre@ejemplo.es.',
    too_short: 'Use al menos {count} caracteres.',
    too_long: 'Es demasiado largo.',
    common_password: 'Mucha gente la usa, así que es fácil de adivinar. Elija otra.',
    same_as_email: 'Elija algo distinto de su correo electrónico.',
    valid_characters: 'Contiene caracteres que no se pueden usar aquí.',
    valid_phone_number: 'Introduzca el número con el prefijo del país, por ejemplo +34 612 345 678.',
    valid_country: 'Elija un país de la lista.',
  },
  consent: {
    title: 'Compartir sus datos',
    heading: '¿Compartir sus datos con {vendor}?',
    signedInAs: 'Sesión iniciada como',
    useAnother: 'Usar otra cuenta',
    receives: '{vendor} recibirá',
    optional: 'Opcional',
    unverified: 'Sin confirmar',
    alreadyShared: 'Ya compartido y enviado de nuevo: {fields}.',
    onlyIdentifier: 'Solo un identificador creado para {vendor}: sin nombre ni correo electrónico.',
    vendorRefused: 'No se ha podido crear su cuenta en {vendor}. La tienda dice:',
    vendorUnavailable: 'No se ha podido crear su cuenta en {vendor} en este momento. Inténtelo de nuevo más tarde.',
    pictureAlt: 'Su foto',
    privacyPolicy: 'Política de privacidad',
    terms: 'Condiciones de uso',
    submit: 'Compartir y continuar',
    chooseCountry: 'Elija un país',
  },
  fields: {
    name: 'Nombre',
    email: 'Correo electrónico',
    phone_number: 'Número de teléfono',
    address: 'Dirección',
    locale: 'Idioma',
    picture: 'Foto',
  },
  inputs: {
    given_name: 'Nombre',
    family_name: 'Apellidos',
    phone_number: 'Número de teléfono con prefijo',
    street_address: 'Calle y número',
    postal_code: 'Código postal',
    locality: 'Localidad',
    region: 'Provincia o región',
    country: 'País',
  },
  deliver: {
    title: 'De vuelta',
    heading: 'Volviendo a {vendor}…',
    deliveredHeading: 'Ya puede volver a {vendor}',
    delivered: 'Aquí está todo listo. Cierre esta ventana para continuar.',
    unreachableHeading: 'No hemos podido llevarle de vuelta a {vendor}',
    unreachable:
      'La página que abrió esta ventana no está disponible, así que no se ha enviado nada. Cierre esta ventana, vuelva a {vendor} e inténtelo de nuevo.',
    noScript:
      'Este último paso necesita JavaScript, así que no se ha enviado nada. Actívelo, cierre esta ventana e inténtelo de nuevo en {vendor}.',
  },
  confirmEmail: {
    ask: {
      title: 'Confirme su dirección de correo',
      explanation:
        '¿Es suya la dirección a la que escribimos y se ha registrado en {platform}? Entonces confírmela aquí. Si no, cierre esta página: no ocurrirá nada.',
    },
    confirmed: {
      title: 'Su dirección de correo está confirmada',
      explanation:
        'Las tiendas con las que la comparta a través de {platform} verán que es suya. Puede cerrar esta página.',
    },
    refused: {
      title: 'Este enlace ya no funciona',
      explanation:
        'Puede que tenga más de un día, que ya se haya usado o que sea de una dirección confirmada con otra cuenta de {platform}.',
    },
    submit: 'Confirmar esta dirección',
  },
  errorPage: {
    nothingShared: 'No se ha compartido nada.',
    forDevelopers: 'Para desarrolladores',
    requestId: 'ID de la solicitud',
    unknown_app: {
      title: 'No conocemos esta tienda',
      explanation: 'La página de la que viene pidió a {platform} que iniciara su sesión, pero no está registrada aquí.',
      whatToDo: 'Vuelva atrás y regístrese allí de otra forma, o avise a la tienda.',
    },
    app_disabled: {
      title: 'Esta tienda está desactivada',
      explanation: 'El registro con {platform} no está disponible para esta tienda en este momento.',
      whatToDo: 'Vuelva atrás y regístrese allí de otra forma.',
    },
    origin_not_registered: {
      title: 'Esta página no puede pedir sus datos',
      explanation:
        'La tienda no ha registrado la página que abrió esta ventana. Puede ser un error de la tienda, o alguien que se hace pasar por ella.',
      whatToDo: 'Compruebe la dirección de la página de la que viene. Si no le inspira confianza, ciérrela.',
    },
    invalid_request: {
      title: 'La solicitud de la tienda no es correcta',
      explanation: 'La página de la que viene ha enviado algo que no podemos procesar.',
      whatToDo: 'Vuelva atrás e inténtelo de nuevo. Si vuelve a ocurrir, avise a la tienda.',
    },
    expired: {
      title: 'Ha pasado demasiado tiempo',
      explanation: 'Para proteger su cuenta, el inicio de sesión caduca al cabo de un rato.',
      whatToDo: 'Cierre esta ventana, vuelva a la tienda y pulse de nuevo el botón.',
    },
    forbidden: {
      title: 'No hemos podido aceptar este formulario',
      explanation:
        'No podemos saber si lo ha enviado usted. Ocurre cuando las cookies están bloqueadas o si ha iniciado sesión en otra ventana.',
      whatToDo: 'Permita las cookies de este sitio, cierre esta ventana e inténtelo de nuevo.',
    },
    not_found: {
      title: 'Aquí no hay nada',
      explanation: 'Es posible que la dirección sea incorrecta o haya caducado.',
      whatToDo: 'Cierre esta ventana y vuelva a la página de la que viene.',
    },
    too_many_requests: {
      title: 'Demasiadas solicitudes',
      explanation: 'Han llegado desde su red más solicitudes de las que podemos atender a la vez.',
      whatToDo: 'Espere un minuto y vuelva a intentarlo.',
    },
    server_error: {
      title: 'Algo ha fallado por nuestra parte',
      explanation: 'El error es nuestro, no suyo.',
      whatToDo:
        'Cierre esta ventana e inténtelo de nuevo. Si vuelve a ocurrir, envíenos el ID de la solicitud que aparece abajo.',
    },
  },
};
