<?php
declare(strict_types=1);

use GuzzleHttp\Client;

require __DIR__ . '/vendor/autoload.php';

$platform = new Client(['base_uri' => 'https://platform.example', 'timeout' => 10]);

// A token for the user API. It works for an hour, so keep it.
$login = $platform->post('/custom_api/external_login', ['json' => [
    'client_id' => 'YOUR_CLIENT_ID',
    // CLIENT_SECRET is shown once; create a new one at https://platform.example/account
    'client_secret' => getenv('CLIENT_SECRET'),
    'environment' => 'YOUR_ENVIRONMENT',
]]);
$token = json_decode((string) $login->getBody(), true, 512, JSON_THROW_ON_ERROR)['data']['token'];

// SUB is the sub of somebody who signed up.
$path = '/1/users/' . rawurlencode(getenv('SUB'));
echo $platform->get($path, ['headers' => ['Authorization' => "Bearer $token"]])->getBody(), "\n";
