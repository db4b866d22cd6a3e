import type { Strings } from './en.ts';

export const es: Strings = {
  lead: 'Son suyos: llévelos consigo o haga que se eliminen.',
  download: {
    title: 'Descargar mis datos',
    lead: 'Todo lo que guardamos sobre usted, en un solo archivo.',
    contains: 'El archivo (JSON, que abre cualquier editor de texto) contiene:',
    parts: {
      profile: 'Su perfil: nombres, número de teléfono, direcciones, idioma e imagen',
      signIn: 'Su correo electrónico y su estado, los nombres de sus llaves de acceso y dónde ha iniciado sesión',
      shops: 'Las tiendas con las que compartió: qué datos, y cuándo los obtuvieron por última vez',
      apps: 'Las aplicaciones en las que trabaja como desarrollador',
      log: 'El registro de actos de seguridad en su cuenta',
    },
    withoutSecrets:
      'No contiene contraseñas ni claves. Aun así, guárdelo en un lugar seguro. Le avisaremos por correo de la descarga.',
    submit: 'Descargar',
  },
  deletion: {
    title: 'Eliminar mi cuenta',
    lead: 'Durante un tiempo puede cambiar de opinión. Después desaparece para siempre.',
    question: '¿Eliminar su cuenta?',
    happens: 'Qué ocurre',
    points: {
      disconnected: 'Todas las tiendas se desconectan al instante. Ninguna puede leer nada más aquí.',
      signedOut: 'Se cierra su sesión en todos los demás dispositivos.',
      grace: 'Durante {days} puede iniciar sesión aquí y conservar su cuenta. Le enviaremos la fecha por correo.',
      gone: 'Después eliminamos su cuenta y todo lo que {platform} guarda sobre usted. Nadie puede recuperarlo.',
    },
    stays: 'Qué permanece',
    shopsKeep:
      'Lo que las tiendas recibieron de usted permanece en ellas: lo guardan o eliminan según sus propias políticas de privacidad. Pídales que lo eliminen si también lo desea allí.',
    auditLog:
      'Nuestro registro de actos de seguridad conserva el número aleatorio de su cuenta y las direcciones de red desde las que se usó. No contiene ni su nombre ni su correo electrónico.',
    soleOwner:
      'Usted es el único propietario de estas aplicaciones, así que todavía no puede eliminar su cuenta. Nombre a otro propietario en cada una o desactívela.',
    continue: 'Continuar',
    confirmTitle: 'Eliminar mi cuenta',
    understood: 'Entiendo que mi cuenta y mis datos se eliminarán el {date}.',
    notUnderstood: 'Marque esta casilla si quiere continuar.',
    submit: 'Eliminar mi cuenta',
  },
  leaving: {
    title: 'Su cuenta se eliminará pronto',
    due: 'Nos pidió que la elimináramos. Desaparecerá el {date}.',
    until: 'Hasta entonces no se comparte nada y nadie puede registrarse con ella. Todavía puede conservarla.',
    keep: 'Conservar mi cuenta',
    shops: 'Si la conserva, sus tiendas seguirán desconectadas hasta que vuelva a usarlas.',
  },
  done: { kept: 'Su cuenta se conserva. Sus tiendas siguen desconectadas hasta que vuelva a usarlas.' },
};
