// npm install express express-openid-connect
import express from 'express';
import { auth } from 'express-openid-connect';

const { SESSION_SECRET, PORT = 3000 } = process.env;
const app = express();
app.use(
  auth({
    issuerBaseURL: 'https://platform.example',
    baseURL: 'https://shop.example',
    clientID: 'YOUR_CLIENT_ID',
    secret: SESSION_SECRET,
    idpLogout: true,
  }),
);
app.get('/', (request, response) => response.json(request.oidc.user));
app.listen(PORT);
