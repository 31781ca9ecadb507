"""A helper reads an association proxy of the rows that another function asks for."""

from staff import Base, Level, Person, Skill

__all__ = ["Base", "Level", "Person", "Skill", "profiles"]


def everybody(session):
    return session.query(Person).order_by(Person.id)


def names_of_skills(person):
    return [skill.name for skill in person.skills]


def profiles(session):
    result = {}
    for person in everybody(session):
        result[person.id] = names_of_skills(person)
    return result
