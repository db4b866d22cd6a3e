import type { Strings } from './en.ts';

export const es: Strings = {
  lead: 'Navegadores y dispositivos que pueden usar su cuenta. Cierre la sesión en los que no conozca y cambie después su contraseña.',
  thisDevice: 'Este dispositivo',
  signedIn: 'Inicio de sesión: {when}',
  lastSeen: 'Última actividad: {when}',
  device: {
    both: '{browser} en {system}',
    system: 'Un navegador en {system}',
    unknown: 'Un dispositivo que no reconocemos',
  },
  end: 'Cerrar sesión',
  endOthers: 'Cerrar las demás sesiones',
  endOthersHint: 'Aquí seguirá con la sesión iniciada.',
  notListed: 'No se muestran: {count} que se usaron hace más tiempo.',
  onlyHere: 'No ha iniciado sesión en ningún otro sitio.',
  done: {
    ended: 'La sesión en ese dispositivo está cerrada.',
    ended_others: 'Las demás sesiones están cerradas.',
  },
};
