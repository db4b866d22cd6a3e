// npm install express express-session passport passport-openidconnect
import express from 'express';
import session from 'express-session';
import passport from 'passport';
import OpenIDConnectStrategy from 'passport-openidconnect';

const { CLIENT_SECRET, SESSION_SECRET, PORT = 3000 } = process.env;
passport.use(
  new OpenIDConnectStrategy(
    {
      issuer: 'https://platform.example',
      authorizationURL: 'https://platform.example/authorize',
      tokenURL: 'https://platform.example/token',
      userInfoURL: 'https://platform.example/userinfo',
      clientID: 'YOUR_CLIENT_ID',
      clientSecret: CLIENT_SECRET,
      callbackURL: 'https://shop.example/callback',
      scope: ['profile', 'email'],
    },
    (issuer, profile, done) =>
      done(null, { issuer, sub: profile.id, name: profile.displayName, email: profile.emails?.[0]?.value }),
  ),
);
passport.serializeUser((user, done) => done(null, user));
passport.deserializeUser((user, done) => done(null, user));

const app = express();
app.use(session({ secret: SESSION_SECRET, resave: false, saveUninitialized: false }));
app.use(passport.authenticate('session'));
app.get('/login', passport.authenticate('openidconnect'));
app.get('/callback', passport.authenticate('openidconnect', { successRedirect: '/' }));
app.get('/', (request, response) => response.json(request.user ?? {}));
app.listen(PORT);
