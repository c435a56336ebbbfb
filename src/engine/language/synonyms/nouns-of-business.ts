/** Nouns of product, sales, business and law that say the same: one group per line. */
export const BUSINESS_NOUN_GROUPS: string = `
  customer, client
  employee, staff, staff member, team member, personnel
  worker, employee
  colleague, coworker, co-worker, teammate
  boss, manager, supervisor, line manager
  chief executive officer, ceo, chief executive
  chief technology officer, cto
  chief financial officer, cfo
  vice president, vp
  human resources, hr, people team
  human resource, hr
  head, lead, leader
  team lead, team leader
  account manager, account executive
  sales rep, sales representative, salesperson, rep
  representative, rep
  support agent, support rep, support representative
  support, customer support, helpdesk, help desk, support team, customer service
  finance, finance team, finance department, accounting
  accounting, accounts, bookkeeping
  legal, legal team, legal department
  legal, legal counsel
  marketing, marketing team, marketing department
  engineering, engineering team, engineering department
  sales, sales team, sales department
  security, security team
  department, dept
  demo, demonstration, product demo
  presentation, slide deck, deck, slides
  agenda, meeting agenda
  minutes, meeting notes
  company, firm, business
  organization, organisation, org
  headquarters, hq, head office, main office
  contract, agreement
  nda, non-disclosure agreement, confidentiality agreement
  dpa, data processing agreement
  msa, master service agreement, master services agreement
  sow, statement of work
  terms and conditions, terms, t&cs
  terms of service, tos
  clause, section, provision
  annex, appendix
  lawyer, attorney, solicitor
  counsel, lawyer, attorney
  court, tribunal
  lawsuit, suit, litigation
  dispute, disagreement
  invoice, bill
  receipt, proof of purchase
  price, cost
  charge, fee
  price list, pricing sheet, price sheet
  pricing, price
  discount, price reduction, rebate, price cut, reduction
  quote, quotation
  offer, proposal
  proposal, bid
  request for proposal, rfp
  purchase order, po
  deal, opportunity
  prospect, potential customer, potential client
  revenue, turnover
  annual recurring revenue, arr
  monthly recurring revenue, mrr
  profit, earnings
  margin, profit margin
  budget, spending limit
  expense, cost, expenditure
  expense report, expense claim
  salary, pay, wage, compensation
  vacation, holiday, leave, time off, pto, annual leave
  sick leave, sick day
  parental leave, parent leave
  home office, remote work, working from home
  trial, trial period, free trial, test period
  subscription, plan
  plan, tier
  enterprise, enterprise plan, enterprise tier
  refund, reimbursement, money back
  return window, return period
  return, return item
  supplier, vendor
  contractor, freelancer
  subcontractor, sub-contractor
  partner, associate
  shipment, delivery, consignment
  shipping, delivery
  shipping cost, delivery cost, shipping fee, delivery fee, delivery charge, shipping charge
  parcel, package
  goods, merchandise
  item, product, article
  stock, inventory
  warehouse, depot
  shop, store
  online shop, online store, web shop, webshop
  cart, basket, shopping cart, shopping basket
  coupon, voucher, promo code, discount code, coupon code
  gift card, gift voucher
  campaign, marketing campaign
  newsletter, email newsletter
  competitor, rival
  market share, share of the market
  survey, questionnaire
  feedback, comment
  complaint, grievance
  net promoter score, nps
  key performance indicator, kpi
  okr, objective and key result
  goal, objective, target, aim
  quarter, q
  fiscal year, financial year
  year end, end of the year, end of year
  end of the month, month end, end of month
  end of the quarter, quarter end, end of quarter
  end of the day, end of day, eod, close of business, cob
  tenant, renter, lessee
  landlord, lessor
  lease, rental agreement, rental contract, tenancy agreement
  deposit, security deposit
  liability, legal responsibility
  damage, harm
  termination, cancellation
  automatic renewal, auto-renewal, auto-renew
  notice period, period of notice, notice
  confidentiality, secrecy
  confidential information, secret information
  governing law, applicable law
  law, legislation
  jurisdiction, venue
  intellectual property, ip
  copyright, author's right
  licence, license
  patent, patent right
  trademark, brand
  signature, signing
  signatory, signer
  power of attorney, poa
  gdpr, general data protection regulation
  data breach, personal data breach
  retention period, storage period
  regulator, supervisory authority, authority
  audit, inspection
  compliance, conformity
  policy, rule, guideline
  guideline, recommendation
  obligation, duty
  penalty, fine
  interest, interest rate
  payment term, term of payment
  payment, pay
  instalment, installment
  bank transfer, wire transfer, wire
  direct debit, sepa
  credit card, card
  value added tax, vat
  insurance, cover, coverage
  territory, region, area
  country, nation
  city, town
  address, street address
  phone number, telephone number, phone
  email address, email, e-mail address
  email, e-mail, mail
  letter, written letter
  post, mail, postal service
  contact, contact person, point of contact
  purchase, buy, order
  decision, ruling
  approval, consent, permission, authorization, authorisation
  consent, agreement
  reason, cause, ground
  result, outcome
  consequence, result
  change, modification
  amendment, modification, change
  version, edition
  copy, duplicate
  list, catalog
  hourly rate, rate per hour
  minimum order, minimum order value
  free of charge, free
  onboarding, onboarding process
  newcomer, new hire, new joiner, new employee, new starter, new team member
  hire, recruit
  interview, job interview
  applicant, candidate
  offer letter, job offer
  probation, probation period, probationary period
  workshop, training session
  conference, convention
  trade fair, trade show
  booth, stand
  travel, trip, business trip
  hotel, accommodation
  escalation, escalate
  handover, hand-over, handoff, hand-off
  owner, proprietor
  shareholder, stockholder
  board, board of directors
  board member, director
  response, reply, answer
  public body, public authority, public bodies
  conflict, dispute
  dispute, matter, case
  matter, case
  purchase, acquisition
  filing, application
  law firm, lawyers, firm
  court of arbitration, arbitration court
  written form, writing
  workforce, staff
  works council, staff council
  severance, severance pay
  dismissal, termination, layoff
  resignation, notice
  correspondence, mail, letter
  document, paper
  attachment, enclosure
  wording, text, phrasing
  template, sample, model
  draft, first version
  majority, more than half
  vote, ballot
  quorum, minimum attendance
  general meeting, shareholder meeting, annual general meeting, agm
  handling charge, handling fee
  shipping, freight
  carrier, shipping company, courier
  distributor, wholesaler
  buyer, purchaser
  buyer, customer
  user, end user
  key account, major customer
  target market, target group
  spare part, replacement part
  replacement, substitute
  price sheet, price list
  list price, catalog price, catalogue price
  net price, price without tax
  down payment, deposit
  late payment, overdue payment
  overdue, late
  outstanding, unpaid, open
  turnover, sales
  marketplace, market place
  brochure, flyer, leaflet
  logo, brand mark
  slogan, tagline, claim
  chair, chairperson, chairman, head
  secretary, assistant
  trainee, apprentice, intern
  department, team, group, unit
  plant, factory
  premises, building
  parking space, parking spot, parking lot
  canteen, cafeteria
  business trip, work trip
  per diem, daily allowance
  mileage, travel allowance
  responsibility, duty, job
  job, position, role, post
  deputy, stand-in, substitute
  successor, replacement
  predecessor, former holder
`
