"""The people of the shipped resumes. All of them are invented; their numbers and addresses lead nowhere."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Stay:
    """A position or a course of studies: what, where, from when, until when, as the resume writes the dates."""

    what: str
    where: str
    start: str
    end: str | None
    dates: str
    tells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """What a resume says; `headings` in the order summary, work, education, skills, languages."""

    name: str
    label: str
    email: str
    phone: str
    e164: str
    place: str
    headings: tuple[str, str, str, str, str]
    summary: str
    work: tuple[Stay, ...]
    education: tuple[Stay, ...]
    skills: tuple[str, ...]
    languages: dict[str, tuple[str, str]]
    links: tuple[str, ...] = field(default=())

    def truth(self) -> dict[str, Any]:
        """What the parser is to find."""
        return {
            "name": self.name,
            "emails": [self.email],
            "phones": [self.e164],
            "links": list(self.links),
            "work": [{"title": s.what, "company": s.where, "start": s.start, "end": s.end} for s in self.work],
            "education": [
                {"institution": s.where, "degree": s.what, "start": s.start, "end": s.end} for s in self.education
            ],
            "skills": list(self.skills),
            "languages": list(self.languages),
        }


PEOPLE = {
    "nurse": Person(
        "Maeve Tolliver-Ashby", "Registered Nurse", "maeve.tolliver@example.org", "+44 7700 900 412", "+447700900412", "Leeds, UK",
        ("Profile", "Employment History", "Education", "Key Skills", "Languages"),
        "Registered nurse with eight years on surgical and emergency wards.",
        (Stay("Senior Staff Nurse", "Aireview General Hospital", "2019-03", None, "March 2019 – Present",
              ("Leads a team of nine on a surgical ward.", "Trains newly qualified nurses in triage.")),
         Stay("Staff Nurse", "Moorside Clinic", "2015-09", "2019-02", "September 2015 – February 2019",
              ("Cared for patients before and after operations.",))),
        (Stay("BSc (Hons) Adult Nursing", "University of Wharfedale", "2012", "2015", "2012 – 2015"),),
        ("Triage", "Wound Care", "Cannulation", "Patient Safety", "EMIS Web"),
        {"en": ("English", "Native"), "pl": ("Polish", "Conversational")},
    ),
    "backend": Person(
        "Dario Quintessa", "Backend Engineer", "dario@quintessa.example.com", "+1 (206) 555-0117", "+12065550117", "Seattle, WA",
        ("Summary", "Experience", "Education", "Technical Skills", "Languages"),
        "Backend engineer who likes small services and long uptimes.",
        (Stay("Staff Software Engineer", "Tidewrack Payments, Inc.", "2021-07", None, "07/2021 - Present",
              ("Split a monolith into eleven services without downtime.",)),
         Stay("Software Engineer II", "Cobblestone Maps", "2017-01", "2021-06", "01/2017 - 06/2021",
              ("Built the tile cache that serves 40k requests a second.", "On call for routing and geocoding.")),
         Stay("Software Engineering Intern", "Fernhill Robotics", "2016-05", "2016-08", "05/2016 - 08/2016",
              ("Wrote the simulator of the test bench.",))),
        (Stay("B.S. in Computer Science", "Cascadia State University", "2012", "2016", "2012 - 2016"),),
        ("Go", "Python", "PostgreSQL", "Kafka", "Kubernetes", "gRPC", "Terraform"),
        {"en": ("English", "Fluent"), "it": ("Italian", "Native")}, ("github.com/dquintessa", "quintessa.example.com"),
    ),
    "teacher": Person(
        "Annelie Brückmoser", "Grundschullehrerin", "annelie.brueckmoser@example.de", "0171 5550143", "+491715550143", "Regensburg",
        ("Kurzprofil", "Berufserfahrung", "Ausbildung", "Kenntnisse", "Sprachkenntnisse"),
        "Grundschullehrerin mit Schwerpunkt Leseförderung.",
        (Stay("Grundschullehrerin", "Grundschule am Weiherbogen", "2016-09", None, "09/2016 – heute",
              ("Klassenleitung der Jahrgangsstufen 1 bis 4.",)),
         Stay("Referendarin", "Sankt-Vitus-Schule Kelheim", "2014-09", "2016-07", "09/2014 – 07/2016",
              ("Unterricht in Deutsch, Mathematik und Musik.",))),
        (Stay("Staatsexamen Lehramt Grundschule", "Universität Regensburg", "2009", "2014", "2009 – 2014"),),
        ("Leseförderung", "Elternarbeit", "Moodle", "MS Office"),
        {"de": ("Deutsch", "Muttersprache"), "en": ("Englisch", "B2"), "cs": ("Tschechisch", "A2")},
    ),
    "mechanic": Person(
        "Jörn Hasselbrink", "Mechatroniker", "j.hasselbrink@example.net", "+49 40 555 0199", "+49405550199", "Hamburg",
        ("Profil", "Beruflicher Werdegang", "Schul- und Berufsausbildung", "EDV-Kenntnisse", "Sprachen"),
        "Mechatroniker für Förderanlagen und Verpackungsmaschinen.",
        (Stay("Servicetechniker", "Kranhaus Fördertechnik GmbH", "2018-04", None, "April 2018 - heute",
              ("Wartung von Portalkranen im Hafen.",)),
         Stay("Mechatroniker", "Vierlanden Verpackung AG", "2012-08", "2018-03", "August 2012 - März 2018",
              ("Umbau und Inbetriebnahme von Abfüllanlagen.",))),
        (Stay("Ausbildung zum Mechatroniker", "Berufliche Schule Bergedorf", "2009", "2012", "2009 - 2012"),),
        ("SPS", "EPLAN", "SAP PM", "Pneumatik"),
        {"de": ("Deutsch", "Muttersprache"), "en": ("Englisch", "B1")},
    ),
    "cook": Person(
        "Solène Castagnac", "Cheffe de partie", "solene.castagnac@example.fr", "06 39 98 01 24", "+33639980124", "Bordeaux",
        ("À propos", "Expériences professionnelles", "Formation", "Compétences", "Langues"),
        "Cuisinière attachée aux produits de saison et au travail en équipe.",
        (Stay("Cheffe de partie", "Restaurant Le Figuier Bleu", "2020-06", None, "juin 2020 – aujourd'hui",
              ("Responsable du poste poissons, trois personnes.",)),
         Stay("Commis de cuisine", "Brasserie des Quinconces", "2017-09", "2020-05", "septembre 2017 – mai 2020",
              ("Mise en place et service du midi.",))),
        (Stay("CAP Cuisine", "Lycée hôtelier de Talence", "2015", "2017", "2015 – 2017"),),
        ("Cuisson sous vide", "HACCP", "Pâtisserie", "Gestion des stocks"),
        {"fr": ("Français", "langue maternelle"), "en": ("Anglais", "B1"), "es": ("Espagnol", "A2")},
    ),
    "accountant": Person(
        "Ximena Balderas Otero", "Contable", "ximena.balderas@example.es", "+34 612 555 038", "+34612555038", "Zaragoza",
        ("Perfil profesional", "Experiencia laboral", "Formación académica", "Habilidades", "Idiomas"),
        "Contable con experiencia en pymes industriales.",
        (Stay("Responsable de contabilidad", "Talleres Moncayo S.L.", "2019-02", None, "febrero de 2019 - actualidad",
              ("Cierre mensual e impuestos.",)),
         Stay("Auxiliar administrativa", "Gestoría Ebro Norte", "2014-10", "2019-01", "octubre de 2014 - enero de 2019",
              ("Facturación y conciliación bancaria.",))),
        (Stay("Grado en Administración y Dirección de Empresas", "Universidad de Zaragoza", "2010", "2014", "2010 - 2014"),),
        ("ContaPlus", "Excel", "IVA", "Nóminas"),
        {"es": ("Español", "nativo"), "en": ("Inglés", "B2")},
    ),
    "designer": Person(
        "Ginevra Altomonte", "Grafica", "ginevra.altomonte@example.it", "+39 347 555 0162", "+393475550162", "Torino",
        ("Profilo", "Esperienze professionali", "Istruzione e formazione", "Competenze", "Lingue"),
        "Grafica editoriale, dal menabò alla stampa.",
        (Stay("Grafica editoriale", "Edizioni Collegno S.r.l.", "2018-01", None, "gennaio 2018 – presente",
              ("Impaginazione di sei riviste mensili.",)),
         Stay("Assistente grafica", "Studio Belvedere", "2014-03", "2017-12", "marzo 2014 – dicembre 2017",
              ("Cataloghi e identità visiva.",))),
        (Stay("Laurea in Design della Comunicazione", "Politecnico di Torino", "2010", "2013", "2010 – 2013"),),
        ("InDesign", "Illustrator", "Photoshop", "Tipografia"),
        {"it": ("Italiano", "madrelingua"), "en": ("Inglese", "C1")},
    ),
    "planner": Person(
        "Femke Oosterwaal", "Logistiek planner", "femke.oosterwaal@example.nl", "06 12345678", "+31612345678", "Utrecht",
        ("Profiel", "Werkervaring", "Opleiding", "Vaardigheden", "Talen"),
        "Planner met oog voor detail en rust in drukte.",
        (Stay("Logistiek planner", "Vaartzicht Transport B.V.", "2020-02", None, "februari 2020 - heden",
              ("Plant dagelijks zestig ritten.",)),
         Stay("Administratief medewerker", "Groothandel De Linde", "2016-05", "2020-01", "mei 2016 - januari 2020",
              ("Orders, facturen en retouren.",))),
        (Stay("HBO Logistics Management", "Hogeschool Utrecht", "2012", "2016", "2012 - 2016"),),
        ("SAP", "Excel", "Routeplanning", "Douane"),
        {"nl": ("Nederlands", "moedertaal"), "en": ("Engels", "C1"), "de": ("Duits", "B1")},
    ),
    "analyst": Person(
        "Tomé Vasconcelos Braga", "Analista de dados", "tome.braga@example.pt", "+351 912 555 047", "+351912555047", "Porto",
        ("Resumo", "Experiência profissional", "Formação académica", "Competências", "Idiomas"),
        "Analista de dados com gosto por séries temporais.",
        (Stay("Analista de dados", "Ribeira Seguros S.A.", "2021-03", None, "março de 2021 - atualmente",
              ("Modelos de sinistralidade.",)),
         Stay("Assistente de investigação", "Instituto do Douro", "2018-10", "2021-02", "outubro de 2018 - fevereiro de 2021",
              ("Tratamento de inquéritos.",))),
        (Stay("Licenciatura em Matemática Aplicada", "Universidade do Porto", "2014", "2018", "2014 - 2018"),),
        ("SQL", "Python", "Power BI", "Estatística"),
        {"pt": ("Português", "língua materna"), "en": ("Inglês", "C1")},
    ),
    "sales": Person(
        "Bartholomew Nkemelu", "Account Executive", "bart.nkemelu@example.com", "+1 512 555 0188", "+15125550188", "Austin, TX",
        ("Objective", "Professional Experience", "Education", "Core Competencies", "Languages"),
        "Sales professional who would rather listen than pitch.",
        (Stay("Senior Account Executive", "Juniper Hollow Software", "2022-01", None, "Jan 2022 to present",
              ("Carries a quota of 1.4 million a year.", "Closed the two largest accounts of the region.")),
         Stay("Sales Development Representative", "Lantern & Pike LLC", "2019-08", "2021-12", "Aug 2019 to Dec 2021",
              ("Booked thirty meetings a month.",))),
        (Stay("Bachelor of Business Administration", "Pecan Valley College", "2015", "2019", "2015 to 2019"),),
        ("Salesforce", "Negotiation", "Cold Calling", "HubSpot"),
        {"en": ("English", "Native"), "ig": ("Igbo", "Fluent")}, ("linkedin.com/in/bartnkemelu",),
    ),
}  # fmt: skip
