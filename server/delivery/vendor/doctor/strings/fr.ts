import type { Strings } from './en.ts';

export const fr: Strings = {
  lead: 'Examine la page de votre bouton comme le ferait un navigateur, et dit ce qui n’y fonctionnera pas et comment y remédier.',
  page: 'Adresse de votre page, ou son origine',
  pageHint: 'La page est récupérée une fois, sans cookies. Rien n’en est conservé.',
  check: 'Vérifier',
  notAnAddress: 'Écrivez l’adresse d’une page, par exemple https://shop.example.com/sign-up.',
  healthy: 'Rien ne s’y oppose',
  toDo: 'Ce qu’il faut corriger',
  inOrder: 'En ordre',
  checked: 'Vérifié\u00a0: {url}',
  addressOnly: 'La page elle-même n’a pas été vue\u00a0; ce qui découle de son adresse a été vérifié\u00a0: {url}',
  severities: { error: 'Problème', warning: 'À regarder', ok: 'En ordre' },
  copyLabel: 'Ce qu’il faut y mettre',
  unseen:
    'Ce qu’est une page après connexion, ce que ses scripts ajoutent plus tard et ce qu’un service worker modifie ne se voit pas d’ici. Pour cela, mettez l’attribut debug sur la balise pendant le développement\u00a0: il fait les mêmes vérifications depuis la page.',
  findings: {
    origin_registered: { title: 'L’origine {origin} est enregistrée.' },
    origin_not_registered: {
      title: 'L’origine {origin} n’est pas enregistrée.',
      remedy:
        'La fenêtre refuse toutes ses pages. Ajoutez-la aux origines de cet environnement, exactement comme elle est écrite ici.',
    },
    origin_nearly_registered: {
      title: 'L’origine {origin} n’est pas enregistrée, alors que {near} l’est.',
      remedy:
        'Pour un navigateur, ce sont deux origines\u00a0: schéma, nom d’hôte et port comptent tous. Ouvrez la page à celle qui est enregistrée, ou ajoutez aussi celle-ci.',
    },
    insecure_page: {
      title: 'La page est servie en http.',
      remedy:
        'Le bouton ne fonctionne que sur des pages https, sauf sur localhost. Servez la page en https et enregistrez cette origine.',
    },
    own_machine_in_production: {
      title: '{origin} est la machine d’un développeur, et cet environnement est la production.',
      remedy:
        'La production n’accepte que des origines https publiques. Pendant le développement, utilisez l’identifiant client de l’environnement Localhost.',
    },
    app_disabled: {
      title: 'L’application est désactivée.',
      remedy: 'Personne ne peut s’inscrire tant qu’un propriétaire ne l’a pas réactivée dans les paramètres.',
    },
    unknown_client: {
      title: 'Aucune application n’a l’identifiant client {found}.',
      remedy:
        'Copiez-le à nouveau depuis l’installation de l’environnement. Un identifiant d’une autre plateforme ne fonctionne pas ici.',
    },
    page_unreachable: {
      title: 'La page n’a pas pu être atteinte ({reason}).',
      remedy:
        'Seul ce qui découle de son adresse a été vérifié. L’adresse est-elle juste, et la page ouverte à Internet\u00a0? Si elle est derrière une connexion ou un pare-feu, mettez l’attribut debug sur la balise\u00a0: il vérifie depuis la page.',
    },
    page_not_public: {
      title: 'La page est sur votre machine ou votre réseau, que l’on ne voit pas d’ici.',
      remedy:
        'Seul ce qui découle de son adresse a été vérifié. Mettez l’attribut debug sur la balise\u00a0: il vérifie depuis la page.',
    },
    page_not_read: {
      title: 'La page n’a pas pu lire ses propres en-têtes ({reason}).',
      remedy:
        'La cause est un connect-src sans ’self’, ou une page issue d’un formulaire. Ce qui dépend des en-têtes n’a pas été vérifié ici.',
    },
    page_status: {
      title: 'La page a répondu avec le statut {status}.',
      remedy:
        'C’est peut-être une page d’erreur ou de connexion qui a été vérifiée. Donnez l’adresse de la page qui porte le bouton.',
    },
    page_redirects: {
      title: 'La page redirige de {from} vers {to}.',
      remedy:
        'Le bouton est sur la page où l’on arrive\u00a0: c’est son origine qui doit être enregistrée, et qui a été vérifiée.',
    },
    popup_linked: { title: 'La fenêtre peut répondre à la page (Cross-Origin-Opener-Policy\u00a0: {policy}).' },
    popup_relayed: {
      title: 'Cross-Origin-Opener-Policy vaut {policy}\u00a0; la réponse passe par l’URI de redirection {uri}.',
    },
    popup_cut_off: {
      title: 'Cross-Origin-Opener-Policy: {policy} coupe la fenêtre de la page.',
      remedy:
        'Envoyez plutôt same-origin-allow-popups. Si la page a besoin de {policy}, enregistrez une URI de redirection de cette origine et nommez-la dans l’attribut redirect-uri\u00a0: la réponse prendra ce chemin.',
    },
    popup_cut_off_attribute: {
      title: 'Cross-Origin-Opener-Policy: {policy} coupe la fenêtre, et la balise ne nomme pas d’URI de redirection.',
      remedy: 'Vous avez enregistré {uri}. Mettez-la sur la balise, et la réponse prendra ce chemin.',
    },
    csp_allows: { title: 'La Content-Security-Policy laisse fonctionner le widget.' },
    csp_script_blocked: {
      title: 'La Content-Security-Policy bloque le script\u00a0: {directive} n’autorise pas {platform}.',
      remedy: 'Voici ce que la directive doit être.',
    },
    csp_script_nonce: {
      title: 'La Content-Security-Policy exige un nonce\u00a0: {directive} en a un, l’élément script non.',
      remedy:
        'Mettez le nonce de la réponse sur l’élément script\u00a0; ce qu’il charge en hérite. Ou autorisez la plateforme.',
    },
    csp_script_strict_dynamic: {
      title:
        'La Content-Security-Policy a ’strict-dynamic’ dans {directive}\u00a0: autoriser {platform} est sans effet.',
      remedy: 'Mettez le nonce de la réponse sur l’élément script, ou ajoutez l’élément par un script qui l’a.',
    },
    csp_connect_blocked: {
      title:
        'La Content-Security-Policy empêche le widget d’obtenir les clés de la plateforme\u00a0: {directive} n’autorise pas {platform}.',
      remedy: 'Les credentials ne peuvent pas être vérifiés dans la page. Voici ce que la directive doit être.',
    },
    csp_trusted_types: {
      title: 'La Content-Security-Policy n’autorise pas la règle Trusted Types lit-html.',
      remedy: 'Le bouton s’en sert pour s’afficher et ne peut pas démarrer. Voici ce que la directive doit être.',
    },
    csp_sandbox: {
      title: 'La Content-Security-Policy a sandbox sans {missing}.',
      remedy:
        'La fenêtre ne peut pas s’ouvrir ou fonctionner. Voici ce que la directive doit être\u00a0; ou retirez-la.',
    },
    clock_agrees: { title: 'Les horloges concordent (écart\u00a0: {seconds} s).' },
    clock_skew: {
      title: 'L’horloge du serveur de la page est décalée de {seconds} secondes.',
      remedy:
        'Un backend avec cette horloge refuse de bons credentials ou en accepte d’expirés. Faites-la régler par NTP.',
    },
    browser_clock_skew: {
      title: 'L’horloge de cet appareil est décalée de {seconds} secondes.',
      remedy: 'La page croit expirés de bons credentials. Réglez l’appareil pour qu’il prenne l’heure du réseau.',
    },
    redirect_uri_registered: { title: 'L’URI de redirection {uri} est enregistrée.' },
    redirect_uri_not_registered: {
      title: 'L’URI de redirection {uri} n’est pas enregistrée.',
      remedy: 'La plateforme refuse la requête. Ajoutez-la à cet environnement, exactement comme elle est écrite ici.',
    },
    redirect_uri_nearly_registered: {
      title: 'L’URI de redirection {uri} n’est pas enregistrée, alors que {near} l’est.',
      remedy:
        'Elles sont comparées caractère par caractère, barre finale et majuscules comprises. Rendez-les identiques.',
    },
    redirect_uri_other_origin: {
      title: 'L’URI de redirection {uri} n’est pas de l’origine {origin} de la page.',
      remedy: 'Elle représente la page\u00a0: schéma, hôte et port doivent être les mêmes.',
    },
    redirect_uri_unreachable: {
      title: 'La page à l’URI de redirection {uri} n’a pas pu être atteinte ({reason}).',
      remedy: 'C’est là qu’arrivent les réponses. Servez une page à cette adresse.',
    },
    redirect_uri_without_script: {
      title: 'La page à l’URI de redirection {uri} ne semble pas charger le script.',
      remedy:
        'Le script porte la réponse de là jusqu’au bouton. Mettez-le sur cette page\u00a0; rien d’autre n’est nécessaire.',
    },
    tag_found: { title: 'La balise et son script sont sur la page comme il faut.' },
    tag_missing: {
      title: 'La page telle qu’elle est envoyée n’a pas de <signup-with-platform>.',
      remedy:
        'Un script l’ajoute peut-être plus tard, ce qui ne se voit pas d’ici. Sinon, mettez ces lignes sur la page.',
    },
    client_id_missing: { title: 'La balise n’a pas de client-id.', remedy: 'Ajoutez-le.' },
    client_id_other: {
      title: 'La balise a un autre identifiant client\u00a0: {found}.',
      remedy: 'Cet environnement a {expected}. Chaque environnement de chaque application a le sien.',
    },
    client_id_other_environment: {
      title: 'La balise a l’identifiant client d’un autre environnement de cette application\u00a0: {environment}.',
      remedy: 'Utilisez l’identifiant de cet environnement, ou faites vérifier la page dans l’autre.',
    },
    script_missing: {
      title: 'La page ne charge pas le script depuis {platform}.',
      remedy:
        'S’il est dans un bundle à vous, nommez la plateforme dans l’attribut platform. Sinon, mettez ceci sur la page.',
    },
    script_other_origin: {
      title: 'Le script vient d’ailleurs\u00a0: {src}.',
      remedy:
        'Le bouton ouvre la plateforme d’où vient son script. Chargez-le depuis {platform}, ou nommez-la dans l’attribut platform.',
    },
    platform_other: {
      title: 'L’attribut platform nomme une autre plateforme\u00a0: {found}.',
      remedy: 'Cette application est enregistrée chez {platform}.',
    },
    script_not_module: {
      title: 'L’élément script n’est pas un module\u00a0: {src}.',
      remedy: 'Un navigateur n’exécute ce script qu’avec type="module".',
    },
    scripts_differ: {
      title: 'La page charge le script deux fois, depuis {first} et {second}.',
      remedy: 'Le premier l’emporte, et ce peut être l’un ou l’autre. Gardez-en un.',
    },
    platform_unreachable: {
      title: 'La plateforme {platform} n’a pas pu être atteinte ({reason}).',
      remedy:
        'L’adresse est-elle juste, et la plateforme en marche\u00a0? Un connect-src sans elle en écarte aussi la page.',
    },
  },
};
