/** Nouns of personal and everyday life that say the same: one group per line. */
export const LIFE_NOUN_GROUPS: string = `
  doctor, physician, gp, general practitioner
  dentist, dental practice
  pediatrician, paediatrician, children's doctor
  vet, veterinarian
  therapist, psychotherapist
  appointment, visit
  checkup, check-up, check up
  pharmacy, drugstore, chemist
  medication, medicine, meds, drug
  pill, tablet
  prescription, script
  illness, disease, sickness
  vaccination, vaccine, shot, jab
  child, kid, children
  baby, infant
  mother, mom, mum, mama
  father, dad, papa
  grandmother, grandma, granny
  grandfather, grandpa
  wife, spouse
  husband, spouse
  partner, significant other
  sibling, brother or sister
  neighbor, neighbour
  car, vehicle, auto, automobile
  bike, bicycle
  motorbike, motorcycle
  airplane, plane, aeroplane
  subway, metro, underground
  train, railway
  trip, journey
  vacation, holiday
  flight, air travel
  aisle seat, seat on the aisle, seat at the aisle
  window seat, seat at the window, seat by the window
  license plate, number plate, licence plate
  driving licence, driver's license, driving license
  flat, apartment
  house, home
  room, chamber
  bedroom, sleeping room
  bathroom, restroom, toilet
  living room, lounge
  sofa, couch
  television, tv
  refrigerator, fridge
  dishwasher, dish washer
  washing machine, washer
  vacuum, vacuum cleaner, hoover
  mobile phone, cell phone, mobile, cellphone, smartphone, phone
  laptop, notebook
  computer, pc
  headphones, headset
  wifi, wi-fi, wireless network
  film, movie
  picture, photo, photograph
  book, novel
  newspaper, paper
  soccer, football
  gym, fitness studio, fitness center, fitness centre
  workout, exercise, training
  yoga class, yoga lesson, yoga session
  lesson, class
  class, course
  school, college
  teacher, instructor
  student, pupil
  kindergarten, nursery, daycare, preschool
  babysitter, sitter, nanny
  breakfast, morning meal
  lunch, midday meal
  dinner, supper, evening meal
  meal, dish
  snack, bite
  drink, beverage
  coffee, cup of coffee
  sweets, candy
  vegetable, veggie
  fries, chips
  cookie, biscuit
  groceries, food shopping
  supermarket, grocery store, grocery
  recipe, cooking instruction
  restaurant, eatery
  shop, store
  present, gift
  birthday, date of birth, birth date
  wedding anniversary, anniversary
  party, celebration
  garbage, trash, rubbish, waste
  trash can, bin, garbage can
  garden, yard
  plant, houseplant
  clothes, clothing, apparel
  sweater, jumper, pullover
  pants, trousers
  glasses, spectacles
  suitcase, luggage, baggage
  tax return, tax declaration
  rent, rental payment
  insurance, insurance policy
  city, town
  mountain, hill
  beach, seaside, shore
  sea, ocean
  forest, wood
  autumn, fall
  morning, a.m.
  midday, noon
  weekend, saturday and sunday
  weekday, workday, working day, work day, business day
  christmas, xmas
  new year, new year's day
  man, guy
  woman, lady
  boy, lad
  person, individual, human
  people, persons
  crowd, large group of people
  group, bunch
  team, squad
  couple, pair
  piece, bit
  kind, sort, type
  part, portion
  place, location, spot
  size, dimension
  color, colour
  hobby, pastime, leisure activity
  language, tongue
  native language, mother tongue, first language
  job, occupation, profession
  work, job
  surname, last name, family name
  first name, given name
  nickname, short name
  allergy, allergic reaction
  peanut, peanuts
  nut, nuts
  dairy, milk product, dairy product
  meat, meat product
  vegetarian, meat-free
  nap, short sleep
  bedtime, time for bed
  alarm, alarm clock
  tone, voice
  reply, answer, response
  bullet point, bullet, bulleted list, bullet list
  summary, recap, wrap-up
  explanation, clarification
  example, sample
  question, query
  suggestion, recommendation, proposal
  idea, thought
  reminder, alert
  detail, particular
  emoji, emoticon
  chat, conversation
  calendar, schedule, diary
  to-do list, task list, todo list, todo
  chore, household task
  errand, task
  cellar, basement
  attic, loft
  grandchild, grandkid, grandchildren
  relative, family member, relation
  parents-in-law, in-laws
  surgery, operation
  physio, physiotherapist, physical therapist
  physiotherapy, physio, physical therapy
  optician, optometrist
  glasses, eyeglasses
  blood pressure, bp
  stomach, belly
  painkiller, pain reliever, pain killer
  flu, influenza
  allergy, intolerance
  diet, eating plan
  food, dish
  starter, appetizer
  dessert, pudding
  soda, soft drink, pop
  sparkling water, fizzy water, carbonated water
  tap, faucet
  stove, cooker
  oven, cooker
  cupboard, cabinet, closet
  wardrobe, closet
  drawer, chest
  rug, carpet
  curtain, drape
  lamp, light
  bulb, light bulb
  socket, outlet, power outlet
  heating, heater
  boiler, water heater
  garage, carport
  driveway, drive
  pavement, sidewalk
  lift, elevator
  luggage, baggage
  petrol, gas, gasoline, fuel
  petrol station, gas station
  truck, lorry
  caravan, camper
  boot, trunk
  tyre, tire
  timetable, schedule
  return ticket, round trip ticket, round-trip ticket
  holiday home, vacation home, cabin, cottage
  swimming pool, pool
  choir, singing group
  band, music group
  instrument, musical instrument
  club, society
  season ticket, season pass
  library card, library pass
  mobile number, cell number, phone number
  power, electricity
  internet, web
  account, profile
  pension, retirement pay
  mortgage, home loan, house loan
  loan, credit
  cash, banknotes
  toddler, small child, young child
  teenager, teen, adolescent
  birthday party, birthday celebration
  holidays, school holidays
  homework, school work
  exam, test, examination
  grade, mark
  nanny, childminder
  midnight snack, late snack
  son-in-law, daughter's husband
  daughter-in-law, son's wife
  godchild, goddaughter, godson
  roommate, flatmate, housemate
  landline, home phone, house phone
  birthplace, place of birth
  hometown, home town
  kitchen, cooking area
  mail, post
  nickname, pet name
  vacuum cleaner, hoover
  candy, sweet
  trousers, pants
  trainer, sneaker, running shoe
  mitten, glove
  film night, movie night
  guitar lesson, guitar class
  football, soccer
  barbecue, bbq
  cello, violoncello
  train ride, train trip
  bus, coach
  hike, walk
  answer, reply
`
