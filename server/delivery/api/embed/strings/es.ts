import type { EmbedStrings } from './en.ts';

export const es: EmbedStrings = {
  errors: {
    user_name_required: 'Escriba una dirección de correo o un nombre de usuario.',
    user_name_invalid:
      'Escriba una dirección de correo como nombre@example.com, o un nombre de usuario solo con letras, cifras y . _ -',
    user_name_too_short: 'Elija un nombre de usuario de al menos {count} caracteres.',
    user_name_too_long: 'Elija una dirección de correo o un nombre de usuario de {count} caracteres como máximo.',
    user_exists:
      'Ya existe una cuenta con esta dirección de correo o este nombre de usuario. Inicie sesión o elija otro.',
    password_required: 'Escriba una contraseña.',
    password_invalid: 'Esta contraseña contiene algo que no se puede usar. Elija otra.',
    password_too_short: 'Use al menos {count} caracteres para la contraseña.',
    password_too_long: 'Use {count} caracteres como máximo para la contraseña.',
    password_matches_user_name: 'Elija una contraseña distinta de su dirección de correo y de su nombre de usuario.',
    password_common: 'Mucha gente usa esta contraseña, así que es fácil de adivinar. Elija otra.',
    first_name_invalid: 'El nombre contiene algo que no se puede usar aquí.',
    first_name_too_long: 'Use {count} caracteres como máximo para el nombre.',
    last_name_invalid: 'El apellido contiene algo que no se puede usar aquí.',
    last_name_too_long: 'Use {count} caracteres como máximo para el apellido.',
    language_required: 'Falta el idioma. Elija un idioma e inténtelo de nuevo.',
    language_invalid: 'No entendemos este idioma. Elija otro, como «en» o «es».',
    invalid_credentials:
      'La dirección de correo o el nombre de usuario y la contraseña no coinciden. Revíselos e inténtelo de nuevo.',
    too_many_attempts: 'Demasiados intentos. Espere un rato e inténtelo de nuevo.',
    too_many_requests: 'Hay demasiadas personas usando esto en este momento. Espere un rato e inténtelo de nuevo.',
    invalid_json: 'La aplicación envió algo que no es JSON (línea {line}, columna {column}). Avise a sus responsables.',
    invalid_request:
      'La aplicación envió algo con lo que no podemos trabajar. Avise a sus responsables: el cuerpo debe ser un objeto JSON.',
    invalid_api_key:
      'La aplicación no está bien configurada. Avise a sus responsables: falta X-Api-Key o no es correcta.',
    app_disabled: 'La aplicación está desactivada en este momento. Inténtelo más tarde o pregunte a sus responsables.',
    read_only_key: 'La aplicación no está bien configurada. Avise a sus responsables: la clave solo permite leer.',
    address_not_allowed:
      'La aplicación no está bien configurada. Avise a sus responsables: la clave no vale desde esta dirección de red.',
    not_found: 'No hay nada en esta dirección. Avise a los responsables de la aplicación.',
    method_not_allowed: 'La aplicación hizo mal la solicitud. Avise a sus responsables: esta dirección acepta POST.',
    invalid_idempotency_key:
      'La aplicación hizo mal la solicitud. Avise a sus responsables: Idempotency-Key tiene de 1 a 255 caracteres.',
    idempotency_key_reused:
      'La aplicación usó la misma Idempotency-Key para dos solicitudes. Inténtelo de nuevo o avise a sus responsables.',
    request_under_way: 'Todavía estamos en ello. Espere un momento e inténtelo de nuevo.',
    body_too_large: 'Es más de lo que podemos aceptar. Acorte sus respuestas.',
    unsupported_media_type:
      'La aplicación hizo mal la solicitud. Avise a sus responsables: Content-Type debe ser application/json.',
    internal_error:
      'Algo falló por nuestra parte. Inténtelo de nuevo y, si vuelve a ocurrir, indíquenos este número: {requestId}.',
  },
  forgotPassword: {
    header: 'Revise su correo',
    body: 'Si existe una cuenta con esta dirección de correo, acabamos de enviarle un mensaje con el que obtener una contraseña nueva.',
  },
};
