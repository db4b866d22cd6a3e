import type { Strings } from './en.ts';

export const es: Strings = {
  heading: 'Llaves de acceso',
  lead: 'Inicie sesión con su huella, su cara o el bloqueo de la pantalla: nada que recordar y nada que otros puedan adivinar.',
  add: 'Añadir una llave de acceso',
  addLead:
    'Su navegador le preguntará dónde guardarla: en este dispositivo, en un teléfono cercano o en una llave de seguridad.',
  incapable:
    'Este navegador no puede crear llaves de acceso, o JavaScript está desactivado. Pruebe con un navegador más reciente.',
  limit: 'Tiene el máximo de llaves de acceso. Quite una para añadir otra.',
  name: 'Nombre',
  synced: 'Sincronizada en sus dispositivos',
  thisDevice: 'Solo en un dispositivo',
  added: 'Añadida el {date}',
  lastUsed: 'Último uso el {date}',
  neverUsed: 'Aún sin usar',
  rename: 'Cambiar nombre',
  renameTitle: 'Cambiar el nombre de la llave de acceso',
  remove: 'Quitar',
  removeTitle: '¿Quitar esta llave de acceso?',
  removeLead:
    'Ya no servirá para iniciar sesión aquí. Bórrela también de su dispositivo o de su gestor de contraseñas, para que no se le vuelva a ofrecer.',
  removeSubmit: 'Quitar llave de acceso',
  done: {
    'passkey-added': 'Se ha añadido la llave de acceso.',
    'passkey-renamed': 'Se ha cambiado el nombre de la llave de acceso.',
    'passkey-removed': 'Se ha quitado la llave de acceso.',
  },
};
