import type { Strings } from './en.ts';

export const es: Strings = {
  lead: 'Cómo inicia sesión y dónde le encontramos.',
  email: {
    heading: 'Correo electrónico',
    none: 'Ninguno',
    confirmed: 'Confirmado',
    unconfirmed: 'Sin confirmar',
    unconfirmedHint:
      'Hemos enviado un enlace a esta dirección. Mientras no lo use, las tiendas verán que no está confirmada.',
    sendAgain: 'Volver a enviar el enlace',
    change: 'Cambiar la dirección',
    pending: 'Estamos esperando a que use el enlace que enviamos a {email}. Hasta entonces no cambia nada.',
    cancelPending: 'Descartar este cambio',
  },
  newEmail: {
    title: 'Cambie su correo electrónico',
    lead: 'Enviaremos un enlace a la nueva dirección. Mientras no lo use, seguirá siendo {email}.',
    leadNone: 'Enviaremos un enlace a la dirección. Será suya en cuanto lo use.',
    label: 'Nuevo correo electrónico',
    submit: 'Enviar el enlace',
    same: 'Esta ya es su dirección.',
    askTitle: '¿Usar esta dirección a partir de ahora?',
    ask: '{email} pasa a ser la dirección de su cuenta: para iniciar sesión, para nuestros mensajes y para las tiendas con las que la comparta.',
    confirm: 'Usar esta dirección',
    refusedTitle: 'Este enlace ya no funciona',
    refused:
      'Puede que tenga más de un día, que ya se haya usado, que sea de otra cuenta o que lo sustituya uno posterior.',
  },
  password: {
    heading: 'Contraseña',
    has: 'Puede iniciar sesión con su correo electrónico y una contraseña.',
    hasNot: 'Su cuenta todavía no tiene contraseña.',
    change: 'Cambiar la contraseña',
    set: 'Establecer una contraseña',
  },
  newPassword: {
    changeTitle: 'Cambie su contraseña',
    setTitle: 'Establezca una contraseña',
    label: 'Contraseña nueva',
    endOthers: 'Cerrar la sesión en todos los demás sitios',
    endOthersHint:
      'En todos los demás dispositivos y navegadores. Déjelo activado si otra persona puede conocer su contraseña.',
    submit: 'Guardar la contraseña',
  },
  done: {
    confirmation_sent: 'Le hemos vuelto a enviar el enlace.',
    email_requested:
      'Hemos escrito a la nueva dirección. Su dirección cambiará en cuanto use el enlace de ese mensaje.',
    email_change_cancelled: 'Su dirección sigue siendo la misma.',
    email_changed: 'Se ha cambiado su correo electrónico.',
    password_changed: 'Se ha cambiado su contraseña.',
    password_changed_everywhere: 'Se ha cambiado su contraseña y se ha cerrado su sesión en todos los demás sitios.',
  },
};
