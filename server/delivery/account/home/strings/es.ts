import type { Strings } from './en.ts';

export const es: Strings = {
  title: 'Hola, {name}',
  titleNameless: 'Hola',
  lead: 'Todo lo que guardamos sobre usted, y todos los que lo reciben, en un solo lugar.',
  profile: 'Sus nombres, teléfono, direcciones y foto',
  security: 'Su correo electrónico, contraseña y llaves de acceso',
  sessions: 'Los dispositivos y navegadores que usan su cuenta',
  shops: 'Qué comparte, con quién y cuándo lo leyeron por última vez',
  data: 'Llévese sus datos o haga que se eliminen',
  apps: 'Ponga el botón en sus propias páginas',
  docs: 'Cada llamada para su backend, con ejemplos',
};
