import type { Strings } from './en.ts';

export const es: Strings = {
  lead: 'Nadie más ve esta aplicación.',
  you: 'Usted',
  joined: 'Miembro {when}',
  change: 'Cambiar',
  roleHints: {
    owner: 'Todo, incluidos los miembros y eliminar la aplicación.',
    developer: 'Cambia la configuración, crea y revoca claves.',
    'read-only': 'Ve todo menos los secretos, y no cambia nada.',
  },
  role: 'Rol',
  invite: {
    action: 'Invitar a alguien',
    title: 'Invitar a alguien a {app}',
    lead: 'Recibirá un correo con un enlace que funciona durante 7 días. Necesita una cuenta con esta dirección, o la crea por el camino.',
    email: 'Correo electrónico',
    submit: 'Enviar invitación',
  },
  waiting: {
    title: 'Invitaciones',
    lead: 'Se han enviado y aún no se han aceptado.',
    until: 'Funciona hasta el {date}',
    again: 'Enviar de nuevo',
    withdraw: 'Retirar',
  },
  member: {
    save: 'Guardar rol',
    remove: 'Quitar de la aplicación',
    removeLead:
      'Desde ese momento deja de ver la aplicación. Las claves que conozca siguen funcionando: genere otras nuevas.',
    removeConfirm: 'Quitar a {name}',
  },
  leave: {
    title: 'Abandonar la aplicación',
    lead: 'Dejará de verla. Para volver necesitará una invitación.',
    open: 'Abandonar…',
    confirm: 'Abandonar {app}',
    lastOwner: 'Usted es el único propietario. Nombre antes a otro propietario o elimine la aplicación.',
  },
  problems: {
    email: 'Escriba una dirección de correo como nombre@example.com.',
    already_member: 'Ya hay un miembro con esta dirección.',
    too_many_waiting: 'Hay demasiadas invitaciones pendientes. Retire una primero.',
    unconfirmed_inviter: 'Confirme su propia dirección de correo antes de invitar a otros.',
    last_owner: 'Una aplicación necesita un propietario. Nombre antes a otra persona.',
  },
  done: {
    invited: 'La invitación está enviada.',
    withdrawn: 'La invitación está retirada. Su enlace ya no funciona.',
    role_changed: 'El rol está cambiado.',
    removed: 'El miembro ya no está.',
    joined: 'Le damos la bienvenida. Ya es miembro.',
  },
  invitation: {
    title: 'Tiene una invitación a {app}',
    as: 'Su rol: {role}',
    sentTo: 'La invitación se envió a {email}.',
    accept: 'Aceptar invitación',
    signIn: 'Iniciar sesión',
    signUp: 'Crear una cuenta',
    signInLead: 'Inicie sesión con esta dirección para aceptarla, o cree una cuenta con ella.',
    otherAddress:
      'Ha iniciado sesión como {email}, y la invitación es para otra dirección. Cierre la sesión y abra de nuevo el enlace del correo.',
    addressTaken:
      'Otra cuenta ha confirmado esta dirección. Cierre la sesión, iníciela con esa cuenta y abra de nuevo el enlace del correo.',
    signOut: 'Cerrar sesión',
    gone: 'Esta invitación no funciona',
    goneLead:
      'Puede que ya se haya aceptado, retirado o enviado de nuevo, o que tenga más de 7 días. Pida otra a quien le invitó.',
    toApps: 'Ir a sus aplicaciones',
  },
};
