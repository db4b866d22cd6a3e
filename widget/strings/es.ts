import type { Strings } from './strings.ts';

export const words: Strings = {
  language: 'es',
  signup: 'Registrarse con {platform}',
  signin: 'Iniciar sesión con {platform}',
  continue: 'Continuar con {platform}',
  known: 'Continuar como {name}',
  required: 'Use primero este botón.',
  failed: 'No ha funcionado. Inténtelo de nuevo.',
  show: 'Mostrar la ventana abierta',
  restart: 'Empezar de nuevo',
  again: 'Usar otra cuenta',
  waiting: 'Continúe en la ventana que se acaba de abrir.',
  checking: 'Un momento…',
  completed: 'Listo. Ha compartido esto con el sitio:',
  code: 'Listo.',
  cancelled: 'Cancelado. No se ha compartido nada.',
  popup_blocked:
    'Su navegador ha bloqueado la ventana. Permita las ventanas emergentes en este sitio y pulse de nuevo el botón.',
  popup_unreachable: 'La ventana no ha podido comunicarse con esta página. Inténtelo de nuevo o continúe sin ella.',
  timed_out: 'Ha tardado demasiado. Pulse el botón para empezar de nuevo.',
  misconfigured: 'Esto no está disponible en este momento.',
  delivered: 'Listo. Puede cerrar esta ventana.',
  orphaned:
    'La página de la que viene ya no espera esta respuesta. Cierre esta ventana, vuelva a ella y pulse de nuevo el botón.',
  name: 'Nombre',
  email: 'Correo electrónico',
  not_confirmed: 'sin confirmar',
  phone_number: 'Teléfono',
  address: 'Dirección',
  locale: 'Idioma',
};
