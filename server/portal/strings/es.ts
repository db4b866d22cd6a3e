import type { Strings } from './en.ts';

export const es: Strings = {
  account: 'Su cuenta',
  menu: 'Menú',
  skip: 'Ir al contenido',
  signOut: 'Cerrar sesión',
  forDevelopers: 'Para desarrolladores',
  nav: {
    home: 'Resumen',
    profile: 'Perfil',
    security: 'Inicio de sesión y seguridad',
    sessions: 'Dónde tiene la sesión iniciada',
    shops: 'Tiendas conectadas',
    data: 'Sus datos',
    apps: 'Aplicaciones y claves de API',
    docs: 'Documentación de la API',
  },
  app: {
    all: 'Todas las aplicaciones',
    disabled: 'Desactivada',
    tabs: { overview: 'Resumen', members: 'Miembros', settings: 'Configuración' },
    environments: { localhost: 'Localhost', 'development:sandbox': 'Entorno de pruebas', production: 'Producción' },
    environmentTabs: {
      setup: 'Instalación',
      keys: 'Secreto y claves',
      code: 'Código',
      events: 'Eventos',
      doctor: 'Diagnóstico',
    },
  },
  save: 'Guardar',
  cancel: 'Cancelar',
  back: 'Volver',
  required: 'Obligatorio',
  optional: 'Opcional',
  checkFields: 'Hay respuestas que debe revisar. Están marcadas abajo.',
  errorPage: {
    requestId: 'ID de la solicitud',
    toStart: 'Ir a su cuenta',
    invalid_request: {
      title: 'Algo no cuadra',
      explanation: 'No hemos podido procesar lo que ha enviado su navegador. Vuelva atrás e inténtelo de nuevo.',
    },
    forbidden: {
      title: 'No hemos podido aceptar este formulario',
      explanation:
        'No podemos saber si lo ha enviado usted. Ocurre cuando la página ha estado abierta mucho tiempo o si ha iniciado o cerrado sesión en otra ventana. Abra la página de nuevo y envíe el formulario otra vez.',
    },
    not_allowed: {
      title: 'No puede hacer esto',
      explanation: 'Su función en esta aplicación no lo incluye. Pregunte a un propietario de la aplicación.',
    },
    test_person: {
      title: 'Las personas de prueba se quedan como están',
      explanation:
        'Las usan todos los desarrolladores. Cree su propia cuenta en el entorno de pruebas para probar esto.',
    },
    not_found: {
      title: 'Aquí no hay nada',
      explanation: 'Es posible que la dirección sea incorrecta, haya caducado o sea de otra persona.',
    },
    server_error: {
      title: 'Algo ha fallado por nuestra parte',
      explanation:
        'El error es nuestro, no suyo. Inténtelo de nuevo; si vuelve a ocurrir, envíenos el ID de la solicitud que aparece abajo.',
    },
  },
};
