import type { Strings } from './en.ts';

export const es: Strings = {
  title: 'Eventos',
  lead: 'Lo que ha ocurrido en este entorno, primero lo más reciente.',
  kept: 'Los eventos se guardan 30 días. No contienen direcciones de correo, nombres, direcciones de red de personas, secretos ni tokens: las personas aparecen solo con el ID de usuario que conoce su aplicación. Las horas están en UTC.',
  filter: 'Filtrar eventos',
  group: 'Mostrar',
  groups: {
    all: 'Todo',
    problems: 'Solo problemas',
    popup: 'Ventana',
    credentials: 'Credenciales y tokens',
    api: 'Llamadas a la API',
    login: 'external_login',
    embed: 'Registro integrado',
  },
  search: 'Buscar',
  searchHint: 'ID de solicitud, ID de usuario, estado o una palabra',
  apply: 'Mostrar eventos',
  clear: 'Mostrar todo',
  list: 'Eventos, primero los más recientes',
  none: 'Aquí no ha ocurrido nada en los últimos 30 días. Abra la ventana desde su página o haga una llamada con una de sus claves, y lo verá en un segundo.',
  noneFound: 'Ningún evento coincide.',
  noneFoundYet: 'Ningún evento coincide por ahora. Quedan otros más antiguos por revisar.',
  newest: 'Más recientes',
  older: 'Más antiguos',
  pages: 'Páginas de eventos',
  live: 'En directo',
  liveHint: 'Mostrar los eventos nuevos en cuanto ocurren',
  liveOn: 'Los eventos nuevos aparecen en cuanto ocurren.',
  livePaused: 'En pausa: los eventos nuevos no aparecen.',
  liveReconnecting: 'Se ha perdido la conexión. Lo intentamos de nuevo.',
  liveStopped: 'Los eventos nuevos ya no aparecen. Recargue la página para continuar.',
  newEvents: 'Eventos nuevos: {count}',
  requestId: 'ID de solicitud',
  userId: 'ID de usuario',
  status: 'Estado',
  whatToDo: 'Qué hacer',
  details: 'Detalles',
  tags: {
    popup: 'Ventana',
    endpoint: 'Endpoint',
    credential: 'Credencial',
    code: 'Código',
    token: 'Token',
    api: 'API',
    embed: 'Integrado',
    login: 'Acceso',
    log: 'Registro',
  },
  advice: {
    originNotRegistered:
      'Una página de {origin} intentó abrir la ventana, y este entorno no tiene ese origen. Si la página es suya, añada el origen en «{setup}», exactamente como aparece aquí. Si no lo es, no hay nada que hacer: no se le ha enviado nada.',
    notAnOrigin:
      'La solicitud debe indicar un origen y nada más: esquema, host y puerto, como los da location.origin. Una barra al final ya sobra.',
    redirectUriNotRegistered:
      'La URI de redirección de la solicitud no está registrada en este entorno. Añádala en «{setup}», carácter por carácter como la envía su servidor.',
    appDisabled:
      'La aplicación está desactivada: nadie puede registrarse y ninguna clave funciona. Un propietario puede activarla de nuevo en «{settings}».',
    invalidRequest:
      'La solicitud no es correcta. «hint», en los detalles, dice dónde: corríjala en su página o en su servidor.',
    notSilent:
      'Su solicitud decía prompt=none, pero la persona tiene que iniciar sesión o aceptar antes. Envíela de nuevo sin prompt=none.',
    serverError: 'El fallo es nuestro. Inténtelo de nuevo; si se repite, envíenos el ID de solicitud.',
    signInFailed: 'Usted no tiene que hacer nada. La persona lo sabe y puede intentarlo de nuevo.',
    endpointRefused:
      'Su endpoint de registro rechazó a esta persona y se le mostró su mensaje. Su propio registro dice por qué.',
    endpointUnavailable:
      'No se pudo contactar con su endpoint de registro, fue demasiado lento o no respondió como estaba acordado. Nadie nuevo puede registrarse hasta que funcione. Su dirección está en «{setup}».',
    tokenRefused:
      'El endpoint de tokens rechazó a su servidor. «error» y «hint», en los detalles, dicen por qué. Un código sirve una sola vez y durante 60 segundos.',
    loginRefused:
      'El ID de cliente, el secreto y el entorno van juntos: copie los tres de nuevo. Puede crear otro secreto en «{keys}».',
    readOnlyKey: 'Esta clave solo puede leer. Use para esta llamada una con todos los permisos.',
    addressNotAllowed:
      'La llamada vino de fuera de los rangos de direcciones de la clave. Cambie los rangos en «{keys}», o llame desde dentro de ellos.',
    tooManyRequests: 'Se han agotado las solicitudes de esta hora. Espere el tiempo que indica Retry-After.',
    notFound: 'Este entorno no tiene ese usuario, o la persona ya no comparte nada con usted.',
    callFailed: 'El cuerpo de la respuesta dice qué cambiar. La documentación de la API explica cada código de error.',
    omitted:
      'Cada minuto y cada día se muestra un número limitado de eventos, para que unos no desplacen a los demás. Lo que no aparece se respondió con normalidad.',
  },
};
