import type { Strings } from './en.ts';

export const es: Strings = {
  title: 'Iniciar sesión en {platform}',
  lead: 'Vea y cambie lo que guardamos sobre usted y quién lo recibe.',
  confirmTitle: '¿Es usted?',
  confirmLead: 'Para proteger su cuenta, demuestre una vez más que es usted.',
  confirm: 'Continuar',
  signedInAs: 'Sesión iniciada como',
  noPassword: 'Su cuenta todavía no tiene contraseña. Podemos enviarle un enlace para establecer una.',
  setByMail: 'Establecer una contraseña por correo',
  forgot: {
    lead: 'Indique su correo electrónico y le enviaremos un enlace para elegir una contraseña nueva.',
    submit: 'Enviar el enlace',
    back: 'Volver al inicio de sesión',
    sentTitle: 'Revise su correo',
    sent: 'Hemos escrito a la dirección que ha indicado. Si hay una cuenta con ella, nuestro mensaje contiene un enlace para elegir una contraseña nueva. Funciona durante 1 hora.',
    hint: '¿No ha llegado nada después de unos minutos? Mire en el correo no deseado o pruebe con otra dirección.',
    another: 'Probar con otra dirección',
  },
  reset: {
    title: 'Elija una contraseña nueva',
    lead: 'Para la cuenta con {email}. Se cerrará su sesión en todas partes.',
    label: 'Contraseña nueva',
    submit: 'Guardar la contraseña',
    refusedTitle: 'Este enlace ya no funciona',
    refused: 'Puede que tenga más de una hora o que ya se haya usado. Pida uno nuevo.',
    again: 'Pedir un enlace nuevo',
  },
  done: {
    password_reset: 'Su contraseña nueva está guardada. Inicie sesión con ella.',
  },
};
