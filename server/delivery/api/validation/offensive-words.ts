const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/**
 * Phrases of obscenity's English list that match real names: parts of them (Dickinson, Harshit, Siriporn, Anushka, Georgy, Dildora,
 * Fukuda, Gasmi, Turdiyev), or whole names (Dick, Hooker, Negro, Dyke, Semen, Fu, Bich, Abo). They are removed from that list. Forms that
 * are nobody's name are added again by the two lists below.
 */
export const PHRASES_THAT_MEET_NAMES: ReadonlySet<string> = new Set(
  words(`
    abeed abo anal anus arabush arse ass bastard bitch boob chink cock cuck cum cunt dick dildo dyke fag felch fellatio fisting fuck
    hentai hooker incest jizz kike negro nigger orgasm orgy penis piss porn prick pussy rape retard scat semen sex shit slut tit tranny
    turd twat wank whore
  `),
);

/** Offensive as whole words only, because names contain them. The transformers turn `nn` into `n`, but keep `ss` and `gg`. */
export const OFFENSIVE_WORDS: readonly string[] = words(`
  anal anus arse ass asses boob boobs chink chinks cock cuck cum cums cumming cumshot dildo dildos douche fag fags fellatio felching
  fisting fuk fuker fukers hitler incest jiz kike kikes milf nazi nazis nig nigs orgasm orgasms orgies orgy paedo phuck phuk
  piss pissed pisser pissing porn porno prick pricks rape raped rapes raping rapist rapists sex sexy shit shite shits shitty shitter
  skank slut sluts slutty spic spics spunk tit tits tittie titties titty tosser trany tranies turd turds twat twats wank wanked wanker
  wankers wanking wetback wetbacks
`);

/** Offensive anywhere. No name contains them, except those below. */
export const OFFENSIVE_PARTS: readonly string[] = words(`
  arsehole asface ashat ashole asshole asswipe assfuck assface asslick bastard bitch bullshit cocksuck cockhead cunt dickhead dickface
  dipshit douchebag dumbass faggot fuck handjob horseshit jackass motherfuck neonazi nigga nigger paedophil pedophil penis pornstar
  pussy pussies retard rimjob shitbag shitface shithead shithole whore
`);

/** Real names that contain one of the above, or do so once repeated letters are merged. */
export const REAL_NAMES: readonly string[] = words(`
  aass annal bastarache bastardi bastardo cashatt cuntz dacunto pennis penisson peniston penister rappe scunthorpe snigger
`);
