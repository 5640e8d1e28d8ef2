"""Words of which passwords are made again and again; written down for `common_passwords` alone.

They are kept as text, so that a word is easily added: names, families, teams, places of the area
and what the service is called stand beside words that everybody everywhere uses.
"""

#: Words that add nothing to the next one.
_FILLERS = """
    i im me my the a an is am are and to of in for at it so we us you your yours this that on be
    with our mr mrs miss
"""

_EVERYWHERE = """
    password passwort passw0rd passcode passphrase pass word pwd admin administrator root user
    login logon guest test testing tester temp temporary default change changeme changeit
    changethis access secret secrets private secure security welcome hello hey hi goodbye bye
    letmein letme let open opensesame sesame enter start master system server service computer
    laptop internet network website web windows apple google facebook twitter instagram youtube
    tiktok snapchat microsoft android samsung nokia sony ericsson sonyericsson nintendo
    playstation xbox minecraft roblox fortnite pokemon pikachu mario sonic zelda myspace
    linkedin yahoo gmail hotmail outlook amazon netflix disney spotify whatsapp telegram bitcoin
    crypto blink asdf asd qwe qweasd zxc qaz wsx edc qwer qwert qwerty azerty abc abcd xyz aaa
    xxx trust trustno no none nothing something anything everything everyone everybody nobody
    somebody anybody today tomorrow yesterday now never forever always again please thanks
    thankyou sorry yes okay cool nice good great best better bad evil big little small new old
    young hot cold sexy sex fuck fucking fucker fuckyou shit bitch asshole pussy dick cock love
    lovely lover lovers loves loved loving iloveyou iloveu loveme loveyou loveu luv hate like
    likes need want miss missyou kiss kisses kissme hug hugs baby babygirl babyboy babe babes
    honey sugar sweet sweetie sweetheart sweety cutie cute darling dear angel angels devil
    heaven hell god jesus christ jesuschrist allah bismillah inshallah mohammed muhammad church
    bible faith hope peace joy grace blessed blessing prayer pray spirit soul heart hearts smile
    smiles happy happiness sad lucky luck dream dreams dreamer magic mystic wizard witch dragon
    dragons tiger tigers lion lions wolf wolves bear bears eagle eagles hawk falcon panther
    cobra snake spider monkey monkeys donkey horse horses pony cow pig piggy chicken duck rabbit
    bunny hamster mouse cat cats kitty kitten kittens dog dogs doggy puppy puppies fish dolphin
    dolphins shark whale turtle frog butterfly bird birds elephant unicorn dinosaur phoenix
    buster rocky max bella charlie daisy molly poppy oscar toby sam lola ruby rosie milo archie
    teddy alfie coco simba tigger snoopy garfield scooby bambi nemo batman superman spiderman
    ironman hulk joker robin avengers captain america hero starwars startrek star stars trek
    wars jedi yoda vader skywalker matrix neo gandalf frodo hobbit harry potter hogwarts
    hermione dumbledore sherlock hannah montana justin bieber taylor swift beyonce rihanna
    eminem metallica nirvana slipknot linkin park linkinpark greenday oasis beatles queen prince
    king kings princess princesse queens duke lord lady knight soldier army navy marine warrior
    hunter killer ninja samurai pirate ranger rider racer driver player players gamer game games
    gaming gangster thug boss chief champion winner loser power powers super superstar sunshine
    sun sunny sunflower sunset moon moonlight sky blue red green yellow orange purple pink black
    white silver golden gold rainbow grey gray brown diamond diamonds crystal pearl jewel money
    cash dollar rich million flower flowers rose roses lily violet jasmine summer winter spring
    autumn fall snow snowman rain storm thunder lightning fire flame water ocean sea beach
    island river lake mountain forest tree garden nature earth world planet space galaxy
    universe chocolate cookie cookies cheese cheeseburger pizza burger banana bananas apples
    cherry strawberry peach mango lemon coffee tea beer vodka whisky wine cocacola coca cola
    pepsi candy cake cupcake pancake icecream butter peanut bacon curry music guitar piano drums
    rock rocknroll metal hiphop dance dancer dancing singer party friend friends friendship
    bestfriend bestfriends family families mother mum mummy mom mommy father dad daddy dada papa
    mama brother sister sisters bro son daughter grandma grandad nan nana granny auntie uncle
    cousin wife husband boyfriend girlfriend boy boys girl girls man men woman women kid kids
    child children people person life live living alive death dead die home house school college
    university student teacher class work office job birthday christmas easter eid diwali
    ramadan halloween holiday holidays vacation freedom free liberty justice victory destiny
    infinity eternity fantasy legend legends mystery shadow darkness dark night light bright day
    days week month year monday tuesday wednesday thursday friday saturday sunday january
    february march april may june july august september october november december one two three
    four five six seven eight nine ten number numbers zero alpha beta gamma delta omega football
    soccer cricket rugby tennis golf basketball baseball hockey swimming swim boxing running
    runner skate skater skateboard bike biker ferrari porsche lamborghini mercedes bmw audi
    honda yamaha toyota ford mustang corvette camaro harley davidson subaru nissan racing turbo
    nitro engine keyboard monitor phone mobile camera picture photo photos video movie movies
    book books story stupid idiot crazy funny silly lazy random whatever nevermind fuckoff leave
    leaveme alone leavemealone remember forget forgot iforgot reset help helpme blah blahblah
    lol lmao rofl haha hahaha hehe ok okok yeah wow boom bang ding dong abcabc gfhjkm ghjcnj
    parol privet lozinka haslo contrasena motdepasse senha salasana geheim schatz final counter
    strike counterstrike jamesbond bond lost cry needforspeed resident residentevil
    systemofadown mortal kombat mortalkombat greenlantern thecakeisalie whosyourdaddy
    sanfrancisco ticketmaster stratocaster chickenwing nightcrawler warhammer domain project
    finger bonjour soleil amour doudou hola amor tequiero teamo mexico espana barcelona madrid
    realmadrid juventus milan inter bayern munich paris london england english britain british
    united kingdom unitedkingdom scotland scottish wales welsh ireland irish india indian
    pakistan pakistani bangla bangladesh poland polska somalia africa american canada australia
    germany france italy spain portugal turkey brazil argentina china japan korea russia ukraine
    europe city town country number1 numero uno password1 supervisor manager staff team teams
    company business
"""
_NAMES = """
    james john robert michael william david richard joseph thomas charles christopher daniel
    matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george edward
    ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry scott
    brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry tyler
    aaron jose adam nathan henry douglas zachary peter kyle walter ethan jeremy harold keith
    christian roger noah gerald carl terry sean austin arthur lawrence jesse dylan bryan joe
    jordan billy bruce albert willie gabriel logan alan juan wayne roy ralph randy eugene
    vincent russell elijah louis bobby philip johnny oliver harry harrison leo theo freddie
    archie alfie jake luke liam connor callum lewis reece jamie josh danny tommy jimmy mike
    chris matt nick dave steve tony alex ben dan tom bob jim bill ted mary patricia jennifer
    linda elizabeth barbara susan jessica sarah karen nancy lisa betty margaret sandra ashley
    kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon
    laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha
    katherine christine debra rachel carolyn janet catherine maria heather diane ruth julie
    olivia joyce virginia victoria kelly lauren christina joan evelyn judith megan andrea cheryl
    jacqueline martha gloria teresa ann sara madison kathryn janice jean abigail alice julia
    judy sophia sophie grace denise amber doris marilyn danielle beverly isabella theresa diana
    natalie brittany charlotte marie kayla alexis lori chloe holly lucy katie gemma claire zoe
    leah hannah ellie molly millie georgia freya isla ava mia ella amelia lily poppy phoebe kate
    beth jade paige courtney chelsea mohammed muhammad mohamed ahmed ali hassan hussain khan
    omar ibrahim yusuf bilal hamza imran zain aisha fatima zainab maryam khadija amina ayesha
    sana patel singh kaur shah begum priya anjali raj ravi sanjay amit rahul deepak neha pooja
    arjun krishna ganesh shiva ram sita lakshmi jaspreet harpreet gurpreet manpreet simran
    kowalski nowak piotr tomasz agnieszka katarzyna smith jones taylor brown williams wilson
    johnson davies wright walker white roberts thompson evans hughes edwards green hall wood
    harris jackson clarke clark martin lee turner hill
"""
_TEAMS = """
    leicestercity lcfc foxes fox filbert filbertstreet kingpower vardy jamievardy lineker mahrez
    ranieri premierleague leicestertigers welfordroad leicesterriders riders tigers manchester
    manchesterunited manutd manu mancity manchestercity liverpool liverpoolfc lfc ynwa
    youllneverwalkalone anfield gerrard salah arsenal arsenalfc gunners gooner chelseafc cfc
    everton evertonfc tottenham hotspur spurs coys westham hammers newcastle nufc sunderland
    leeds leedsunited lufc nottingham forest nottinghamforest nffc derby derbycounty coventry
    birmingham villa astonvilla wolverhampton wolves celtic rangers rangersfc hearts hibs
    aberdeen southampton portsmouth pompey burnley blackburn bolton preston stoke stokecity
    norwich ipswich fulham crystalpalace palace millwall charlton brighton bournemouth swansea
    cardiff sheffield wednesday barnsley hull middlesbrough boro fc afc utd united rovers
    athletic albion county town hotspurs ronaldo messi beckham rooney neymar mbappe kane
    maradona zidane fcbarcelona
"""
_AREA = """
    leicester leicestershire rutland loughborough hinckley melton mowbray meltonmowbray oakham
    uppingham market harborough marketharborough lutterworth coalville ashby ashbydelazouch
    wigston oadby blaby charnwood bosworth ibstock shepshed syston birstall thurmaston
    braunstone beaumont leys beaumontleys highfields evington stoneygate clarendon clarendonpark
    belgrave narborough enderby whetstone countesthorpe earlshilton barwell markfield measham
    kegworth castledonington quorn mountsorrel sileby barrow anstey glenfield kirby muxloe
    newfoundpool westend eyresmonsell saffron lane knighton humberstone hamilton rushey mead
    netherhall thurnby bradgate bradgatepark abbeypark abbey victoriapark goldenmile richard
    richardiii richardthethird attenborough demontfort dmu loughboroughuni derby nottingham
    northampton peterborough corby kettering rugby nuneaton eastmidlands midlands east west
    north south uk gb le1 le2 le3 le4 le5
"""
_SERVICE = """
    violence violent reduction violencereduction network vrn vrncommunity community communities
    voices voice change voicesforchange youth police policing knife crime safe safety safer
    prevention prevent survey surveys consultation questionnaire council oversight moderator
    safeguarding safeguard partner partnership analyst publisher desk
"""
#: Sentences that many choose, without their spaces.
_SAYINGS = """
    correcthorsebatterystaple thequickbrownfox thequickbrownfoxjumpsoverthelazydog tobeornottobe
    tobeornottobethatisthequestion maytheforcebewithyou onceuponatime happilyeverafter
    youllneverwalkalone gloryglorymanunited keepcalmandcarryon iamyourfather winteriscoming
    livelaughlove carpediem hakunamatata abracadabra supercalifragilisticexpialidocious
    twinkletwinklelittlestar maryhadalittlelamb humptydumpty rowrowrowyourboat godsavethequeen
    godsavetheking rulebritannia inthebeginning ourfatherwhoartinheaven bismillahirrahmanirrahim
    threewordsthree thisismypassword thisisapassword thisisthepassword mypasswordispassword
    passwordispassword idontknow idontcare whatsyourname mynameis opensesame letmeinplease
    iforgotmypassword nopasswordneeded passwordpassword yourpassword newpassword
"""
FILLERS = frozenset(_FILLERS.split())
SAYINGS = frozenset(_SAYINGS.split())
WORDS = frozenset(f"{_EVERYWHERE} {_NAMES} {_TEAMS} {_AREA} {_SERVICE}".split())
