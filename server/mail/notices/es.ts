import type { NoticeTexts } from './notice.ts';

export const es: NoticeTexts = {
  password_changed: {
    subject: 'Se ha cambiado su contraseña de {platform}',
    text: 'La contraseña de su cuenta de {platform} se acaba de cambiar.',
  },
  password_reset: {
    subject: 'Se ha restablecido su contraseña de {platform}',
    text: 'Se acaba de establecer una contraseña nueva para su cuenta de {platform}, mediante un enlace que le enviamos. Se ha cerrado su sesión en todas partes.',
  },
  email_changed: {
    subject: 'Se ha cambiado su dirección de correo de {platform}',
    text: 'La dirección de correo de su cuenta de {platform} se acaba de cambiar de {from} a {to}.',
  },
  phone_changed: {
    subject: 'Se ha cambiado su número de teléfono de {platform}',
    text: 'Se acaba de cambiar o eliminar el número de teléfono de su cuenta de {platform}.',
  },
  passkey_added: {
    subject: 'Se ha añadido una llave de acceso a su cuenta de {platform}',
    text: 'La llave de acceso «{name}» ya permite iniciar sesión en su cuenta de {platform}.',
  },
  passkey_removed: {
    subject: 'Se ha quitado una llave de acceso de su cuenta de {platform}',
    text: 'La llave de acceso «{name}» ya no permite iniciar sesión en su cuenta de {platform}.',
  },
  signed_out_everywhere: {
    subject: 'Se ha cerrado su sesión de {platform} en todas partes',
    text: 'La sesión de su cuenta de {platform} se acaba de cerrar en todos los demás dispositivos.',
  },
  data_downloaded: {
    subject: 'Se han descargado sus datos de {platform}',
    text: 'Todo lo que guardamos sobre su cuenta de {platform} se acaba de descargar.',
  },
  deletion_requested: {
    subject: 'Su cuenta de {platform} se eliminará',
    text: 'Nos ha pedido que eliminemos su cuenta de {platform}. Desaparecerá el {date}. Hasta entonces puede iniciar sesión y conservarla.',
  },
  deletion_cancelled: {
    subject: 'Su cuenta de {platform} se conserva',
    text: 'Al final, su cuenta de {platform} no se eliminará.',
  },
  client_secret_replaced: {
    subject: 'Se ha sustituido un secreto de cliente de {app}',
    text: 'Se ha creado un nuevo secreto de cliente para {app} ({environment}).',
  },
  api_key_created: {
    subject: 'Se ha creado una clave de API de {app}',
    text: 'Se ha creado la clave de API «{name}» para {app} ({environment}).',
  },
  api_key_replaced: {
    subject: 'Se ha sustituido una clave de API de {app}',
    text: 'Una clave nueva ha ocupado el lugar de la clave de API «{name}» de {app} ({environment}).',
  },
  member_added: {
    subject: 'Alguien se ha unido a {app}',
    text: '{member} ya puede trabajar en {app}.',
  },
  app_disabled: {
    subject: 'Se ha desactivado {app}',
    text: 'Se ha desactivado {app}: ya nadie puede registrarse con ella, y sus claves no abren nada.',
  },
  app_enabled: {
    subject: 'Se ha activado {app}',
    text: '{app} vuelve a funcionar, y sus claves también.',
  },
  app_deleted: {
    subject: 'Se ha eliminado {app}',
    text: 'Se ha eliminado {app}, con sus claves y todo lo que sabía de sus usuarios.',
  },
  origin_added: {
    subject: '{app} tiene un origen nuevo',
    text: 'Las páginas de {address} ya pueden recibir los datos de quienes se registran con {app} ({environment}).',
  },
  redirect_uri_added: {
    subject: '{app} tiene una URI de redirección nueva',
    text: 'A quienes se registran con {app} ({environment}) ya se les puede enviar a {address}.',
  },
  signup_endpoint_changed: {
    subject: 'Se ha cambiado el punto de registro de {app}',
    text: 'Los usuarios nuevos de {app} ({environment}) se comunican ahora a {address}.',
  },
  member_role_changed: {
    subject: 'Se ha cambiado un rol en {app}',
    text: 'El rol de {member} en {app} es ahora: {role}.',
  },
  member_removed: {
    subject: 'Alguien ha dejado {app}',
    text: '{member} ya no puede trabajar en {app}.',
  },
  own_role_changed: {
    subject: 'Se ha cambiado su rol en {app}',
    text: 'Su rol en {app} es ahora: {role}.',
  },
  removed_from_app: {
    subject: 'Ya no trabaja en {app}',
    text: 'Se le ha quitado de los miembros de {app}.',
  },
  roles: { owner: 'Propietario', developer: 'Desarrollador', 'read-only': 'Solo lectura' },
  by: 'Lo ha hecho {by}.',
  byOperator: 'Lo ha hecho el operador de {platform}.',
  footer:
    'Si ha sido usted, no tiene que hacer nada. Si no, inicie sesión, cambie su contraseña y cierre la sesión en todos los demás dispositivos:\n\n{link}',
  appFooter:
    'Si está al tanto, no tiene que hacer nada. Si no, pregunte a un propietario de la aplicación y revise sus miembros y claves:\n\n{link}',
};
