import type { Strings } from './en.ts';

export const es: Strings = {
  lead: 'Quién recibe sus datos, cuáles y cuándo fue la última vez. Puede ponerle fin en cualquier momento.',
  none: 'Todavía no comparte nada con ninguna tienda.',
  since: 'Conectada {when}',
  homePage: 'Sitio web',
  mayReceive: '{shop} puede recibir',
  onlyThese: 'Tal como estén en su cuenta en ese momento, y nada más.',
  onlyIdentifier: 'Solo un identificador creado para {shop}: ni nombre ni correo electrónico.',
  notFilledIn: 'Su cuenta no lo tiene.',
  received: 'Recibido por última vez {when}',
  notReceived: 'Aún no recibido',
  read: 'Leído por última vez {when}',
  notRead: 'Aún no leído',
  requiredAgain: 'Si deja de compartir lo que {shop} exige, se lo volverán a pedir allí.',
  stop: 'Dejar de compartir',
  stopped: 'Ya no se comparte con {shop}: {field}.',
  willAskAgain: '{shop} lo exige y se lo pedirá la próxima vez que inicie sesión allí.',
  notShared: 'No compartido',
  notSharedLead: '{shop} también pide esto, y solo lo recibe si usted lo comparte.',
  share: 'Compartir',
  shareAgain: 'Volver a compartir',
  sharedNow: 'Desde ahora se comparte con {shop}: {field}.',
  disconnect: 'Desconectar',
  disconnectFrom: 'Desconectar {shop}',
  disconnectLead: 'Pone fin a todo: {shop} ya no recibirá nada de nosotros.',
  disconnectTitle: '¿Desconectar {shop}?',
  consequences: {
    atOnce: 'Desde este momento, {shop} no puede leer ni recibir aquí sus datos.',
    keeps:
      'Lo que {shop} ya recibió se queda allí, según sus propias normas. Pida a la tienda que lo elimine si lo desea.',
    comeBack:
      'Si vuelve con {platform}, se le preguntará de nuevo qué comparte, y {shop} le reconocerá como el mismo cliente.',
  },
  done: { disconnected: 'La tienda está desconectada.' },
};
